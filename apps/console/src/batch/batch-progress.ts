import type { Batch } from "@valet/contracts";
import { strings } from "../strings/en.ts";

export interface BatchProgress {
  /** Jobs of which nothing more happens by itself. */
  readonly ended: number;
  readonly all: number;
  /** Applications that wait for the person, or whose outcome they have to say. */
  readonly needsYou: number;
}

const endedStates = ["completed", "failed", "cancelled"] as const;
const refused = ["duplicate", "already_applied", "in_progress", "refused", "cancelled"] as const;

export function batchProgress({
  counts: { jobs, byState, tasks, outcomes },
}: Batch): BatchProgress {
  const sum = (numbers: readonly (number | undefined)[]) =>
    numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
  return {
    all: jobs,
    ended: sum([
      ...endedStates.map((state) => tasks[state]),
      ...refused.map((state) => byState[state]),
    ]),
    needsYou: sum([tasks.awaiting_human, tasks.awaiting_review, outcomes.unconfirmed]),
  };
}

/** Where it stands, in a few words. */
export function batchWords(batch: Batch): string {
  const { ended, all } = batchProgress(batch);
  switch (batch.state) {
    case "collecting":
      return strings.batch.collecting;
    case "asking":
      return strings.batch.asks(batch.questions.filter(({ answer }) => answer === null).length);
    case "running":
    case "done":
      return strings.batch.ended(ended, all);
    case "cancelled":
      return strings.batch.cancelled;
  }
}
