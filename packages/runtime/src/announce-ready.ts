import type { Writable } from "node:stream";

/**
 * Says that this process now serves: one JSON line `{"ready":true, …info}` on standard output.
 * The supervisor waits for that line, so a process writes nothing else there before it.
 */
export function announceReady(
  info: Readonly<Record<string, unknown>> = {},
  output: Writable = process.stdout,
): void {
  output.write(`${JSON.stringify({ ready: true, ...info })}\n`);
}
