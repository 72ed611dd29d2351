import type { Task } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

export interface TaskTableInput {
  readonly tasks: readonly Task[];
  readonly colors: Colors;
  readonly width: number;
}

/** Applications, newest first, one a line. */
export function taskTable({ tasks, colors, width }: TaskTableInput): string {
  const head = ["id", "state", "outcome", "%", "mode", "job"].map((title) => colors.dim(title));
  const room = Math.max(20, width - 95);
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

function stateText({ state }: Task, colors: Colors): string {
  const text = state.replaceAll("_", " ");
  switch (state) {
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

export function outcomeText({ outcome, reason }: Pick<Task, "outcome" | "reason">): string {
  if (outcome === null) return "–";
  return reason === null ? outcome : `${outcome}/${reason}`;
}
