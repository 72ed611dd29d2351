import type { RunPage } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";
import { outcomeText } from "@valet/client";

export interface RunTableInput {
  readonly runs: RunPage["runs"];
  readonly colors: Colors;
  readonly width: number;
}

/** The newest run of each application, one a line. */
export function runTable({ runs, colors, width }: RunTableInput): string {
  const titles = ["task", "state", "outcome", "run", "start", "site", "job"];
  const head = titles.map((title) => colors.dim(title));
  const room = Math.max(20, width - 110);
  const rows = runs.map((run) => [
    run.taskId,
    run.state.replaceAll("_", " "),
    outcomeText(run),
    run.runState,
    String(run.epoch),
    run.platform,
    shorten(printableText(run.jobUrl), room),
  ]);
  return columnTable([head, ...rows]);
}
