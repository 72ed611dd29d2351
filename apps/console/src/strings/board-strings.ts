import type { ErrorCode } from "@valet/contracts";
import type { BoardGroup } from "../board/arrange-rows.ts";

const groups: Readonly<Record<BoardGroup, string>> = {
  "needs-you": "Needs you",
  others: "Everything else",
};

const asks: Readonly<Record<string, string>> = {
  awaiting_review: "look at it and approve it",
  awaiting_human: "waits until you have done something",
  unconfirmed: "say what became of it",
};

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export const boardStrings = {
  title: "Applications",
  groups,
  asks,
  select: (title: string, employer: string) => `Select ${title}, ${employer}`,
  done: (pct: number) => `${pct} % done`,
  rehearsal: (mode: string) => `${mode}, rehearsal`,
  filters: "Narrow the list",
  find: "Find words",
  findHint: "employer, title or address",
  state: "State",
  anyState: "Any state",
  outcome: "Outcome",
  anyOutcome: "Any outcome",
  platform: "Site",
  anyPlatform: "Any site",
  batch: "Batch",
  anyBatch: "Any batch",
  clear: "Show all",
  list: "Your applications",
  loading: "Loading your applications …",
  nothing: "There are no applications yet.",
  first: "Start your first application",
  nothingHint: "Or from the command line:",
  nothingCommand: "npm run -s valet -- apply https://… --resume cv.pdf",
  noMatch: "No application matches. Show all, or look for other words.",
  changed: "The order has changed. Show it",
  lost: "No connection to Valet. What you see may be old; it is tried again by itself.",
  cancelMany: "Cancel several …",
  cancelSelected: (count: number) => `Cancel ${many(count, "selected application")} …`,
  clearSelection: "Select none",
  cancel: {
    title: "Cancel applications",
    ofSelection: (count: number) => `Of the ${many(count, "application")} that you selected`,
    ofFilters: "Of all applications that the list shows now, also further down,",
    ofAll: "Of all your applications",
    counting: "Counting …",
    would: (count: number) =>
      count === 0
        ? "none can be cancelled: they have ended, or may have been sent already."
        : `${count} would be cancelled. Nothing of ${count === 1 ? "it" : "them"} has been sent. What was sent already stays as it is.`,
    confirm: (count: number) => `Cancel ${many(count, "application")}`,
    keep: "Keep them",
    close: "Close",
    done: (count: number) => `${many(count, "application")} cancelled.`,
    kept: (count: number, code: ErrorCode) => `${count} stayed as they are (${code}).`,
  },
} as const;
