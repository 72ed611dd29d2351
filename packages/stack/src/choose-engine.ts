import type { Env } from "./stack-log.ts";

/**
 * - `external`: the engine that `HATCHET_CLIENT_TOKEN` belongs to; nothing of ours is started
 * - `built`: the pinned version, built from its Go module into the cache, run as a child
 * - `sidecar`: without Go, the SDK's own downloaded sidecar
 */
export type EngineKind = "external" | "built" | "sidecar";

export interface ChooseEngineInput {
  readonly env: Env;
  readonly hasGo: boolean;
  readonly binariesPresent: boolean;
}

export function chooseEngine({ env, hasGo, binariesPresent }: ChooseEngineInput): EngineKind {
  if (isSet(env["HATCHET_CLIENT_TOKEN"])) return "external";
  return binariesPresent || hasGo ? "built" : "sidecar";
}

/** A variable that is there but empty counts as not set. */
export function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
