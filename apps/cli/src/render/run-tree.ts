import type { RunNode, TaskRun } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { formatDuration } from "./format-duration.ts";
import { printableText } from "./printable-text.ts";

export interface RunTreeInput {
  readonly run: TaskRun;
  readonly colors: Colors;
}

/** The steps in order with their times; below each, indented, the runs that it has started. */
export function runTree({ run, colors }: RunTreeInput): string {
  const titles = ["step", "state", "waited", "took", "tries", "worker", "error"];
  const head = titles.map((title) => colors.dim(title));
  const rows = run.nodes.map((node) => [
    `${"  ".repeat(depthOf(node, run.nodes))}${node.name}`,
    stateText(node, colors),
    durationText(node.queuedAt, node.startedAt),
    node.ms === null ? "–" : formatDuration(node.ms),
    node.startedAt === null ? "–" : String(node.attempt + 1),
    node.workerId === null ? "–" : printableText(node.workerId).slice(0, 8),
    node.errorCode ?? "",
  ]);
  return [...headLines(run, colors), "", columnTable([head, ...rows])].join("\n");
}

function headLines({ runId, epoch, engine, runs, dashboardUrl }: TaskRun, colors: Colors) {
  const earlier = runs.length > 1 ? `, ${runs.length} runs in all` : "";
  return [
    runId === null ? "No run yet: the engine has not been asked." : `run ${runId}`,
    `start ${epoch}${earlier}`,
    ...(engine === "unreachable"
      ? [colors.yellow("The engine does not answer: this is what Valet wrote down itself.")]
      : []),
    ...(dashboardUrl === null ? [] : [dashboardUrl]),
  ];
}

/** A step follows a step on the same level; what a step has started stands below it. */
function depthOf(node: RunNode, nodes: readonly RunNode[]): number {
  const isChild = node.id === node.runId;
  if (!isChild) return 0;
  const parent = nodes.find(({ id }) => node.parents.includes(id));
  return parent === undefined ? 1 : depthOf(parent, nodes) + 1;
}

function stateText({ state }: RunNode, colors: Colors): string {
  switch (state) {
    case "succeeded":
      return colors.green(state);
    case "failed":
    case "cancelled":
      return colors.red(state);
    case "waiting":
      return colors.yellow("waits for you");
    case "queued":
    case "running":
    case "skipped":
      return state;
  }
}

function durationText(from: string | null, to: string | null): string {
  if (from === null || to === null) return "–";
  return formatDuration(Date.parse(to) - Date.parse(from));
}
