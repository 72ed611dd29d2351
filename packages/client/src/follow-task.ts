import { setTimeout as delay } from "node:timers/promises";
import { TaskEvent, ValetError, streamTaskRoute } from "@valet/contracts";
import { type Transport, request } from "./call-route.ts";
import { readEventStream } from "./read-event-stream.ts";

export interface FollowInput {
  readonly taskId: string;
  /** The last sequence number that is known already; 0 for the whole story. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** The server says something at least every 15 s; three times that is a dead connection. */
const silenceLimitMs = 45_000;

/**
 * Every event of a task in order and once, until its last. A lost connection is taken up again
 * where it broke, for as long as it takes; only the first one must succeed.
 *
 * @throws what the server refuses (`NOT_FOUND`, `UNAUTHORIZED`), `API_UNREACHABLE` when there is no
 * server to begin with, and the signal's reason.
 */
export async function* followTask(
  transport: Transport,
  { taskId, after = 0, signal }: FollowInput,
): AsyncGenerator<TaskEvent, void, undefined> {
  let cursor = after;
  let wasConnected = false;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const silence = createSilenceGuard();
    const stop = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      const response = await openStream(transport, { taskId, after: cursor, signal: stop });
      wasConnected = true;
      if (response.status === 204 || response.body === null) return;
      let isAtEnd = false;
      for await (const { event, data } of readEventStream(response.body, silence.heard)) {
        failures = 0;
        if (event === "reset") {
          cursor = 0;
          continue;
        }
        const parsed = TaskEvent.parse(JSON.parse(data));
        if (parsed.seq <= cursor) continue;
        cursor = parsed.seq;
        isAtEnd = parsed.type === "completed" || parsed.type === "failed";
        yield parsed;
      }
      if (isAtEnd) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayMend(error) || !wasConnected) throw error;
    } finally {
      silence.stop();
    }
    failures += 1;
    await delay(pauseMs(failures), undefined, signal === undefined ? {} : { signal });
  }
}

function openStream(
  transport: Transport,
  { taskId, after, signal }: { taskId: string; after: number; signal: AbortSignal },
): Promise<Response> {
  const headers = {
    accept: "text/event-stream",
    "last-event-id": after === 0 ? undefined : String(after),
  };
  return request(transport, streamTaskRoute, { params: { id: taskId }, headers }, signal);
}

/** What the server refuses stays refused; connections, time-outs and its own faults pass. */
function mayMend(error: unknown): boolean {
  return !(error instanceof ValetError) || error.kind !== "user";
}

/** Full jitter: a server that comes back is not met by all its readers at once. */
function pauseMs(failures: number): number {
  return Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
}

interface SilenceGuard {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly stop: () => void;
}

function createSilenceGuard(): SilenceGuard {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), silenceLimitMs);
  return {
    signal: controller.signal,
    heard: () => void timer.refresh(),
    stop() {
      clearTimeout(timer);
      // Also closes the connection of a reader who leaves early.
      controller.abort();
    },
  };
}
