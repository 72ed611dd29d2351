import type { Conditions, DurableContext } from "@hatchet-dev/typescript-sdk";
import type { InFlight } from "../engine/in-flight.ts";

/**
 * Everything a durable step may ask of the engine. What is asked, in which order, is in the log of
 * every run that waits, and the engine refuses to resume a run that asks otherwise: whoever changes
 * it changes `wait-sequence.test.ts` and reads there what that does to waiting applications.
 */
export interface DurablePort {
  readonly now: () => Promise<Date>;
  readonly waitFor: (conditions: Conditions) => Promise<WaitResult>;
  readonly spawnChild: (child: string, input: object, options: ChildOptions) => Promise<unknown>;
}

export type WaitResult = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

export interface ChildOptions {
  readonly sticky: true;
  /** Names the child within its parent: a repeated key is the same child. */
  readonly key: string;
  readonly additionalMetadata: Record<string, string>;
}

/** While it waits, a durable step holds up no stop of its worker. */
export function durablePort(
  ctx: DurableContext<unknown>,
  inFlight: Pick<InFlight, "parked">,
): DurablePort {
  return {
    now: () => ctx.now(),
    waitFor: (conditions) => inFlight.parked(() => ctx.waitFor(conditions)),
    spawnChild: (child, input, options) =>
      inFlight.parked(() => ctx.spawnChild(child, { ...input }, { ...options })),
  };
}
