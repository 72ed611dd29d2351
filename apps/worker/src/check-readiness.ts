import { toValetError } from "@valet/contracts";
import { withinTime } from "@valet/runtime";

export interface ReadinessAnswer {
  readonly ready: boolean;
  /** What must come before this worker can do its work, in words. */
  readonly waitsFor: readonly string[];
}

export interface ReadinessProbe {
  readonly what: string;
  /** Gives a fault in words, or throws one; nothing when all is well. */
  readonly ask: () => Promise<string | void>;
}

const probeLimitMs = 3_000;
/** Probes come often and from several places; the answer may be this old. */
const rememberMs = 1_000;

/** Asks every part at once; callers within a second share one answer. */
export function checkReadiness(
  probes: () => readonly ReadinessProbe[],
): () => Promise<ReadinessAnswer> {
  let last: { readonly atMs: number; readonly answer: Promise<ReadinessAnswer> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - last.atMs > rememberMs) {
      last = { atMs: nowMs, answer: askAll(probes()) };
    }
    return last.answer;
  };
}

async function askAll(probes: readonly ReadinessProbe[]): Promise<ReadinessAnswer> {
  const faults = await Promise.all(
    probes.map(async ({ what, ask }) => {
      const fault = await withinTime(probeLimitMs, ask).catch(
        (error: unknown) => toValetError(error).message,
      );
      return typeof fault === "string" ? [`${what}: ${fault}`] : [];
    }),
  );
  const waitsFor = faults.flat();
  return { ready: waitsFor.length === 0, waitsFor };
}
