import { withinTime } from "@valet/runtime";
import { toValetError } from "@valet/contracts";
import type { ApiDeps } from "./deps.ts";

export interface ReadinessAnswer {
  readonly ready: boolean;
  /** What must come before this process can do its work, in words. */
  readonly waitsFor: readonly string[];
  /** What is missing and only makes it slower. */
  readonly degraded: readonly string[];
}

const checkLimitMs = 3_000;
/** Probes come often and from several places; the answer may be this old. */
const rememberMs = 1_000;

/** Asks Postgres, the engine and the doorbell; callers within a second share one answer. */
export function checkReadiness(deps: ApiDeps): () => Promise<ReadinessAnswer> {
  let last: { readonly atMs: number; readonly answer: Promise<ReadinessAnswer> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - last.atMs > rememberMs) {
      last = { atMs: nowMs, answer: ask(deps) };
    }
    return last.answer;
  };
}

async function ask({ database, jobs, doorbell }: ApiDeps): Promise<ReadinessAnswer> {
  const [postgres, engine] = await Promise.all([
    withinTime(checkLimitMs, () => database.check()).then(
      () => undefined,
      (error: unknown) => `Postgres: ${toValetError(error).message}`,
    ),
    jobs.ready(),
  ]);
  const waitsFor = [
    ...(postgres === undefined ? [] : [postgres]),
    ...(engine.kind === "ready" ? [] : [`Hatchet engine: ${engine.reason}`]),
  ];
  const degraded = doorbell.state() === "ready" ? [] : ["Redis: events arrive up to 1 s late."];
  return { ready: waitsFor.length === 0, waitsFor, degraded };
}
