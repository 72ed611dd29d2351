import type { ListedTask, Task } from "@valet/contracts";
import { queueText } from "./queue-text.ts";

/** `awaiting review`, or why it has not been started. */
export function stateWords({ state, queue }: Pick<ListedTask, "state" | "queue">): string {
  return queue === null ? state.replaceAll("_", " ") : queueText(queue);
}

/** `not_submitted/POSTING_CLOSED`; a dash while it goes on. */
export function outcomeText({ outcome, reason }: Pick<Task, "outcome" | "reason">): string {
  if (outcome === null) return "–";
  return reason === null ? outcome : `${outcome}/${reason}`;
}

/** What a wall asks of the person, in words. */
export function waitText(kind: string): string {
  return kind === "review"
    ? "waits for your review"
    : `waits for you: ${kind.replaceAll("_", " ")}`;
}
