import type { Task } from "@valet/contracts";
import { needsPerson } from "../board/arrange-rows.ts";

/** What a state means for the person, for colours and marks. */
export type Tone = "ask" | "good" | "bad" | "calm" | "busy";

export function toneOf(task: Pick<Task, "state" | "outcome">): Tone {
  if (needsPerson(task)) return "ask";
  switch (task.state) {
    case "completed":
      return "good";
    case "failed":
      return "bad";
    case "created":
    case "queued":
    case "cancelled":
      return "calm";
    default:
      return "busy";
  }
}
