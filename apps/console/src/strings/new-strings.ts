import type { TaskMode } from "@valet/contracts";

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

const modes: Readonly<Record<TaskMode, string>> = {
  copilot: "– nothing is sent before you have approved it",
  autopilot: "– sent without a look, where every answer is known",
};

export const newStrings = {
  title: "New application",
  urls: "Addresses of jobs",
  count: (count: number) =>
    count === 0
      ? "One a line; several become a batch."
      : count === 1
        ? "1 job"
        : `${count} jobs, as one batch`,
  tooMany: "At most 500 jobs at a time. Leave some out.",
  wrong: "These are no web addresses and are left out:",
  resume: "Résumé",
  resumeOf: (name: string, at: string) => `${name}, ${at}`,
  firstFile: "A file (PDF or DOCX, at most 10 MB):",
  anotherFile: "Another file (PDF or DOCX, at most 10 MB):",
  uploading: "It is being stored …",
  mode: "How",
  modes,
  rehearsal: "Rehearsal",
  rehearsalMeans: "– everything but the sending, with what would have been sent",
  look: "See what they ask first",
  looking: "Looking, without a browser …",
  start: (count: number) => (count > 1 ? `Start ${count} applications` : "Start the application"),
  earlier: "You have an application for this job already.",
  lookAtIt: "Look at it",
  notPublished:
    "The site does not publish what its form asks. That is seen in a browser, once it applies.",
  asks: (all: number, filled: number) =>
    `Its form asks ${many(all, "question")}; ${filled} ${filled === 1 ? "is" : "are"} answered from what is stored about you.`,
  onlyYou: (count: number) => `${many(count, "question")} only you can answer`,
  firstPageOnly: "More pages follow, and what they ask is not known yet.",
} as const;
