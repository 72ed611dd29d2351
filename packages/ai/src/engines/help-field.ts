import { type Recipe, mostSteps } from "@valet/contracts";
import type { Hand, SmallAction } from "@valet/forms";
import type { Engine, EngineAnswer, FieldToHelp } from "./engine.ts";

/** What pointing that the rules do not let pass may cost: it is asked once more, and once more. */
const mostRefusals = 3;

export type FieldHelp =
  /** The page holds the value, and this is how it came there. */
  | { readonly kind: "held"; readonly recipe: Recipe }
  /** `refused`: it pointed at what may not be touched; `no_progress`: all of it was done and led nowhere. */
  | {
      readonly kind: "left";
      readonly why: "nothing" | "refused" | "no_progress" | Failure;
    };
type Failure = Extract<EngineAnswer<unknown>, { readonly kind: "failed" }>["why"];

/**
 * Brings one field to its value with an engine that points and a hand that judges, acts and looks for
 * itself: whatever the engine says it has done counts for nothing.
 */
export async function helpField(
  {
    engine,
    hand,
    field,
  }: { readonly engine: Engine; readonly hand: Hand; readonly field: FieldToHelp },
  signal: AbortSignal,
): Promise<FieldHelp> {
  const tried: SmallAction[] = [];
  let refusals = 0;
  while (tried.length < mostSteps) {
    const answer = await engine.act(field, tried, signal);
    if (answer.kind === "nothing") return { kind: "left", why: "nothing" };
    if (answer.kind === "failed") return { kind: "left", why: answer.why };
    tried.push(answer.value);
    if ((await hand.carryOut(answer.value, signal)) !== null) {
      refusals += 1;
      if (refusals === mostRefusals) return { kind: "left", why: "refused" };
    } else if (await hand.holds(signal)) {
      return { kind: "held", recipe: [...hand.done()] };
    }
  }
  return { kind: "left", why: "no_progress" };
}
