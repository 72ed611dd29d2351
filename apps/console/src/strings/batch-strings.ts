import type { BatchJobState, ErrorCode } from "@valet/contracts";

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

const jobs: Readonly<Record<Exclude<BatchJobState, "duplicate" | "refused">, string>> = {
  accepted: "its turn comes",
  started: "started",
  already_applied: "you have applied for it before",
  in_progress: "another application for it goes on",
  cancelled: "cancelled before it began",
};

const refused: Partial<Record<ErrorCode, string>> = {
  JOB_URL_INVALID: "this is no web address",
  JOB_URL_PRIVATE: "this address is inside of a private network, and Valet does not open those",
  SITE_FORBIDS_AUTOMATION:
    "this site forbids programs to apply, so Valet does not; apply there yourself",
};

export const batchStrings = {
  all: "Batches",
  name: (count: number, at: string) => `${many(count, "job")}, ${at}`,
  title: (count: number) => `Batch of ${many(count, "job")}`,
  loading: "Loading the batch …",
  back: "All applications",
  list: "Show them in the list",
  ended: (ended: number, all: number) => `${ended} of ${all} ended`,
  needs: (count: number) => `${count} ${count === 1 ? "needs" : "need"} you`,
  asks: (count: number) => `asks ${many(count, "question")}`,
  collecting: "looking up what its forms ask",
  cancelled: "cancelled",
  startsAt: (at: string) => `nothing of it starts before ${at}`,
  questions: {
    title: "Asked once for all of these jobs",
    intro:
      "At least one form asks each of these, and nothing that Valet knows of you answers it. Nothing has started. Your answers are used for these jobs alone.",
    askedBy: (count: number, all: number) =>
      count === all
        ? "every form asks it"
        : `${count} of ${many(all, "job")} ${count === 1 ? "asks" : "ask"} it`,
    start: (isAll: boolean) => (isAll ? "Start with these answers" : "Start with what is answered"),
    open: (count: number) => `${count} still open: each application asks for itself`,
    startNow: "Start without answers",
    wrong: "This is none of its options.",
  },
  jobs: {
    title: "Its jobs",
    line: (line: number) => `Line ${line}`,
    more: "Show more of its jobs",
    states: jobs,
    duplicate: (line: number) => `the same job as in line ${line}`,
    refused: (code: ErrorCode | null) =>
      `not started: ${refused[code ?? "INTERNAL"] ?? `refused (${code})`}`,
    other: "Look at that one",
  },
  cancel: {
    act: "Cancel the batch …",
    title: "Cancel this batch?",
    text: "Nothing more of it starts, and what was not sent yet is cancelled. What was sent already stays as it is.",
    confirm: "Cancel the batch",
    keep: "Let it go on",
  },
} as const;
