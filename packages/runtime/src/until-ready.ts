import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import type { Logger } from "./create-logger.ts";
import { errorView } from "./error-view.ts";

const repeatAfterMs = 10_000;

export interface UntilReadyInput<Value> {
  /** What is waited for, in words a person can act on: "Postgres", "the Hatchet engine". */
  readonly what: string;
  /** Tries once; throwing means "not yet". */
  readonly attempt: (signal: AbortSignal) => Promise<Value>;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Pause between attempts in milliseconds; 500 unless given. */
  readonly intervalMs?: number;
}

/**
 * Waits for a dependency and says for what: a line when the reason changes and every 10 s.
 *
 * @throws a `ValetError` that time cannot mend (its kind is not `transient`), and the signal's
 * reason when it is aborted.
 */
export async function untilReady<Value>(input: UntilReadyInput<Value>): Promise<Value> {
  const { what, attempt, signal, log, intervalMs = 500 } = input;
  const startedAt = performance.now();
  const waitedMs = () => Math.round(performance.now() - startedAt);
  let said: { reason: string; atMs: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    try {
      const value = await attempt(signal);
      if (said !== undefined) log.info({ what, waitedMs: waitedMs() }, "dependency is ready");
      return value;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ValetError && error.kind !== "transient") throw error;
      const reason = reasonOf(error);
      const nowMs = waitedMs();
      if (said?.reason !== reason || nowMs - said.atMs >= repeatAfterMs) {
        log.warn({ what, reason, waitedMs: nowMs }, "waiting for a dependency");
        said = { reason, atMs: nowMs };
      }
    }
    await delay(intervalMs, undefined, { signal });
  }
}

function reasonOf(error: unknown): string {
  const { type, code, message } = errorView(error);
  return [code, message].filter((part) => part !== undefined && part !== "").join(": ") || type;
}
