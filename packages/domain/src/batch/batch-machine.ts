import type { BatchState } from "@valet/contracts";

/**
 * collecting → asking? → running → done, and from each but the last `cancelled`. What its forms ask is looked
 * up once; where that finds nothing, or the person does not want to be asked, it starts at once.
 */
export type BatchEvent =
  /** Everything that could be looked up was. */
  | { readonly type: "collected"; readonly unanswered: number }
  | { readonly type: "answered"; readonly unanswered: number }
  /** The person does not want to wait for what is still open. */
  | { readonly type: "start" }
  | { readonly type: "ended" }
  | { readonly type: "cancelled" };

/** The state that follows, or `undefined` when that may not happen here. */
export function nextBatchState(state: BatchState, event: BatchEvent): BatchState | undefined {
  if (isBatchEnded(state)) return undefined;
  switch (event.type) {
    case "collected":
      if (state !== "collecting") return undefined;
      return event.unanswered === 0 ? "running" : "asking";
    case "answered":
      if (state !== "asking") return undefined;
      return event.unanswered === 0 ? "running" : "asking";
    case "start":
      return state === "running" ? undefined : "running";
    case "ended":
      return state === "running" ? "done" : undefined;
    case "cancelled":
      return "cancelled";
  }
}

export function isBatchEnded(state: BatchState): state is "done" | "cancelled" {
  return state === "done" || state === "cancelled";
}
