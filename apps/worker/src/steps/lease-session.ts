import { setTimeout as delay } from "node:timers/promises";
import type { CreateSessionInput, CreatedSession } from "@valet/browser";
import { isValetError } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";

/** Under the step's time limit of 120 s, so that its end is ours and can be tried again. */
const waitForRoomMs = 100_000;
const lookForRoomEveryMs = 500;

/** No room at any host is back-pressure, not a failure: the application waits for its turn. */
export async function leaseSession(
  { hosts }: Pick<WorkerDeps, "hosts">,
  input: CreateSessionInput,
  signal: AbortSignal,
): Promise<CreatedSession> {
  const giveUpAt = Date.now() + waitForRoomMs;
  for (;;) {
    try {
      return await hosts.openSession(input, signal);
    } catch (error) {
      if (!isValetError(error, "SESSION_CAPACITY") || Date.now() > giveUpAt) throw error;
    }
    await delay(lookForRoomEveryMs, undefined, { signal });
  }
}
