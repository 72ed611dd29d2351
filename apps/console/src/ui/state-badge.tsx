import { stateWords } from "@valet/client";
import type { ListedTask } from "@valet/contracts";
import { strings } from "../strings/en.ts";
import { toneOf } from "./tone.ts";

type Shown = Pick<ListedTask, "state" | "queue" | "outcome" | "reason">;

/** Where an application stands, in the words of the command line; never by its colour alone. */
export function StateBadge({ task }: { readonly task: Shown }) {
  return (
    <span className="badge" data-tone={toneOf(task)}>
      <span className="badge-mark" aria-hidden="true" />
      <span className="badge-words">{stateWords(task)}</span>
      {task.outcome !== null && task.state !== "cancelled" && (
        <span className="badge-outcome">{strings.outcome(task.outcome)}</span>
      )}
    </span>
  );
}
