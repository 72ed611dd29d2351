import { type StepView, type TaskView, waitText } from "@valet/client";
import type { Colors } from "../output.ts";
import { formatDuration } from "./format-duration.ts";
import { printableText, shorten } from "./printable-text.ts";

export interface StepListInput {
  readonly view: TaskView;
  /** Milliseconds since the epoch: a running step's time grows with it. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colors: Colors;
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const spinnerMs = 100;
const nameWidth = 13;
const timeWidth = 10;
const barWidth = 30;

/** The live step list: one line a step, then the share that is done. Pure. */
export function stepListLines({ view, now, width, colors }: StepListInput): string[] {
  const steps = view.steps.map((step) => stepLine({ step, view, now, width, colors }));
  return [...steps, barLine(view, colors)];
}

function stepLine(input: Omit<StepListInput, "view"> & { step: StepView; view: TaskView }): string {
  const { step, view, now, width, colors } = input;
  const isWaiting = view.waitsFor !== null && step.state === "running";
  const message = isWaiting ? waitText(view.waitsFor ?? "") : printableText(step.message);
  const room = width - nameWidth - timeWidth - 7;
  const time = formatElapsed(step, now).padStart(timeWidth);
  const name = step.name.padEnd(nameWidth);
  const line = `${name} ${colors.dim(time)}  ${shorten(message, room)}`;
  return `  ${iconOf(step, { now, isWaiting, colors })} ${step.state === "waiting" ? colors.dim(name) : line}`.trimEnd();
}

function iconOf(
  step: StepView,
  { now, isWaiting, colors }: { now: number; isWaiting: boolean; colors: Colors },
): string {
  switch (step.state) {
    case "waiting":
      return colors.dim("·");
    case "running":
      if (isWaiting) return colors.yellow("?");
      return colors.cyan(spinner[Math.floor(now / spinnerMs) % spinner.length] ?? "…");
    case "done":
      return colors.green("✓");
    case "failed":
      return colors.red("✗");
  }
}

function formatElapsed({ state, startedAt, lastAt }: StepView, now: number): string {
  if (startedAt === null) return "";
  // Events carry the server's clock; a terminal whose clock is behind shows 0 and not less.
  return formatDuration(Math.max(0, (state === "running" ? now : (lastAt ?? now)) - startedAt));
}

function barLine(view: TaskView, colors: Colors): string {
  const full = Math.round((view.pct / 100) * barWidth);
  const bar = `${colors.green("█".repeat(full))}${colors.dim("░".repeat(barWidth - full))}`;
  return `  ${bar} ${String(view.pct).padStart(3)} %`;
}
