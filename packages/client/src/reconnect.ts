import { ValetError } from "@valet/contracts";

const firstPauseMs = 100;
const longestPauseMs = 1_000;

/** What the server refuses stays refused; connections, time-outs and its own faults pass. */
export function mayMend(error: unknown): boolean {
  return !(error instanceof ValetError) || error.kind !== "user";
}

/** Full jitter: a server that comes back is not met by all its readers at once. */
export function pauseMs(failures: number): number {
  return Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
}

/** Rejects with the signal's reason. Also in a browser, unlike Node's own. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
