import type { StepView } from "@valet/client";
import type { RunNode } from "@valet/contracts";

export type StepMark = "waiting" | "running" | "asks" | "done" | "failed" | "skipped";

interface MarkInput {
  readonly node: Pick<RunNode, "state"> | undefined;
  readonly told: Pick<StepView, "state"> | undefined;
  readonly isAsked: boolean;
}

/**
 * Of a step, by what the engine says and by what its events have told. The engine's word counts but
 * where it knows less: it notes an end a moment after it was told, and a step whose work was done
 * after a question, by the run that went on from there, has for the engine had nothing to do.
 */
export function stepMark({ node, told, isAsked }: MarkInput): StepMark {
  if (told?.state === "failed" || node?.state === "failed") return "failed";
  if (node?.state === "succeeded") return "done";
  if (node?.state === "waiting") return "asks";
  if (node?.state === "cancelled") return "skipped";
  if (told?.state === "done") return "done";
  if (told?.state === "running") return isAsked ? "asks" : "running";
  if (node?.state === "running") return "running";
  return node?.state === "skipped" ? "skipped" : "waiting";
}
