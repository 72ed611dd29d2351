import { outcomeText, stateWords } from "@valet/client";
import type { ListedTask } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

export interface TaskTableInput {
  readonly tasks: readonly ListedTask[];
  readonly colors: Colors;
  readonly width: number;
}

/** Applications, newest first, one a line. */
export function taskTable({ tasks, colors, width }: TaskTableInput): string {
  const head = ["id", "state", "outcome", "%", "mode", "job"].map((title) => colors.dim(title));
  const longestState = Math.max(0, ...tasks.map((task) => stateWords(task).length));
  const room = Math.max(20, width - 95 - Math.max(0, longestState - usualState));
  const rows = tasks.map((task) => [
    task.id,
    stateText(task, colors),
    outcomeText(task),
    String(task.pct),
    task.rehearsal ? `${task.mode}, rehearsal` : task.mode,
    shorten(printableText(task.jobUrl), room),
  ]);
  return columnTable([head, ...rows]);
}

/** As many columns as a state has that does not say why it waits. */
const usualState = 15;

function stateText(task: ListedTask, colors: Colors): string {
  const text = stateWords(task);
  switch (task.state) {
    case "completed":
      return colors.green(text);
    case "failed":
      return colors.red(text);
    case "awaiting_human":
    case "awaiting_review":
      return colors.yellow(text);
    default:
      return text;
  }
}
