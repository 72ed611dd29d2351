import { z } from "zod";

/** Names a point where a crash matters, of one task or résumé. Does nothing outside tests. */
export type Checkpoint = (name: string, taskId: string) => Promise<void>;

/** Tests only: a loopback address that is asked at each named point and may hold the process there. */
export const checkpointUrl = z
  .url()
  .refine((url) => URL.parse(url)?.hostname === "127.0.0.1", "must be on 127.0.0.1");

/**
 * In tests a process asks a local address before it goes on: the test may hold it there, look at
 * what was stored, or kill it. Without an address nothing happens.
 */
export function createCheckpoint(url: string | undefined): Checkpoint {
  if (url === undefined) return async () => {};
  return async (name, taskId) => {
    const body = JSON.stringify({ name, taskId, pid: process.pid });
    await fetch(url, { method: "POST", body }).catch(() => undefined);
  };
}
