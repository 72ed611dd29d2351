import type { EgressProxy } from "../egress/create-egress-proxy.ts";
import type { GateInput } from "./create-request-gate.ts";

/** What a gate tells the only way out of its browser, so that one decision holds for both. */
export function coupledTo(
  egress: Pick<EgressProxy, "beginHold" | "endHold" | "beginSubmission" | "endSubmission">,
): Required<Omit<GateInput, "onRefusal">> {
  return {
    onDeciding: () => egress.beginHold(),
    onDecided: () => egress.endHold(),
    onRelease: (url) => egress.beginSubmission(new URL(url).origin),
    onSettled: () => egress.endSubmission(),
  };
}
