import { setTimeout as delay } from "node:timers/promises";
import { readLogFrom } from "./read-log.ts";
import type { ProcessEnd } from "./supervise-process.ts";

/** How a child shows that it serves. */
export type Readiness =
  /** A line of JSON with `"ready": true` on its output; the other fields come back as `info`. */
  | { readonly kind: "json-line" }
  /** The address answers 200. */
  | { readonly kind: "http"; readonly url: string }
  /** `attempt` resolves; while it rejects the child is not ready. */
  | { readonly kind: "attempt"; readonly attempt: (signal: AbortSignal) => Promise<void> };

interface WaitInput {
  readonly ready: Readiness;
  readonly readyTimeoutMs?: number;
  readonly logFile: string;
  readonly logOffset: number;
  readonly ended: Promise<ProcessEnd>;
}

type Info = Readonly<Record<string, unknown>>;

/** @throws saying in a few words why the child is not ready, without naming it. */
export async function waitUntilReady(input: WaitInput, signal?: AbortSignal): Promise<Info> {
  const { ended, readyTimeoutMs = 30_000 } = input;
  const over = new AbortController();
  const stop = AbortSignal.any([
    over.signal,
    AbortSignal.timeout(readyTimeoutMs),
    ...(signal === undefined ? [] : [signal]),
  ]);
  try {
    const info = await Promise.race([poll(input, stop), endedEarly(ended)]);
    return info;
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (stop.aborted) {
      const why = `it was not ready after ${readyTimeoutMs / 1000} s`;
      throw new Error(why, { cause: error });
    }
    throw error;
  } finally {
    over.abort();
  }
}

async function endedEarly(ended: Promise<ProcessEnd>): Promise<never> {
  const { code, signal } = await ended;
  throw new Error(`it ended before it was ready (${signal ?? `exit code ${code}`})`);
}

async function poll(input: WaitInput, signal: AbortSignal): Promise<Info> {
  let reason: unknown;
  for (;;) {
    if (signal.aborted) throw reason ?? signal.reason;
    try {
      const info = await tryOnce(input, signal);
      if (info !== undefined) return info;
    } catch (error) {
      reason = error;
    }
    await delay(20);
  }
}

/** Undefined or a rejection mean: not yet. */
async function tryOnce(input: WaitInput, signal: AbortSignal): Promise<Info | undefined> {
  const { ready, logFile, logOffset } = input;
  switch (ready.kind) {
    case "json-line":
      return findReadyLine(readLogFrom(logFile, logOffset));
    case "http": {
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(2_000)]);
      const response = await fetch(ready.url, { signal: timeout, redirect: "manual" });
      await response.body?.cancel();
      return response.status === 200 ? {} : undefined;
    }
    case "attempt":
      await ready.attempt(signal);
      return {};
  }
}

function findReadyLine(output: string): Info | undefined {
  // The last piece may be a line that is still being written.
  for (const line of output.split("\n").slice(0, -1)) {
    const info = line.startsWith("{") ? parseObject(line) : undefined;
    if (info?.["ready"] === true) return info;
  }
  return undefined;
}

function parseObject(line: string): Info | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
