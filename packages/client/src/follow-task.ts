import { TaskEvent, streamPersonRoute, streamTaskRoute } from "@valet/contracts";
import { type Transport, request } from "./call-route.ts";
import { mayMend, pause, pauseMs } from "./reconnect.ts";
import { startSilenceTimer } from "./silence-timer.ts";
import { readEventStream } from "./read-event-stream.ts";

export interface FollowInput {
  readonly taskId: string;
  /** The last sequence number that is known already; 0 for the whole story. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

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
  const open: OpenStream = (headers, stop) =>
    request(transport, streamTaskRoute, { params: { id: taskId }, headers }, stop);
  const isEnd = ({ type }: TaskEvent) => type === "completed" || type === "failed";
  for await (const { event } of followLog(open, isEnd, { after, signal })) yield event;
}

/**
 * Every event of all the person's applications in one order and once, each with its position in it. Never
 * ends by itself; otherwise as `followTask`.
 */
export function followAll(
  transport: Transport,
  { after = 0, signal }: Omit<FollowInput, "taskId">,
): AsyncGenerator<PersonEvent, void, undefined> {
  const open: OpenStream = (headers, stop) =>
    request(transport, streamPersonRoute, { headers }, stop);
  return followLog(open, () => false, { after, signal });
}

/** An event with its place among all of the person's. */
export interface PersonEvent {
  readonly position: number;
  readonly event: TaskEvent;
}

type OpenStream = (
  headers: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
) => Promise<Response>;

async function* followLog(
  openStream: OpenStream,
  isEnd: (event: TaskEvent) => boolean,
  { after, signal }: { readonly after: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<PersonEvent, void, undefined> {
  let cursor = after;
  let wasConnected = false;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const silence = createSilenceGuard();
    const stop = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      const headers = {
        accept: "text/event-stream",
        "last-event-id": cursor === 0 ? undefined : String(cursor),
      };
      const response = await openStream(headers, stop);
      wasConnected = true;
      if (response.status === 204 || response.body === null) return;
      let isAtEnd = false;
      for await (const { id, event, data } of readEventStream(response.body, silence.heard)) {
        failures = 0;
        if (event === "reset") {
          cursor = 0;
          continue;
        }
        const parsed = TaskEvent.parse(JSON.parse(data));
        const position = Number(id);
        if (position <= cursor) continue;
        cursor = position;
        isAtEnd = isEnd(parsed);
        yield { position, event: parsed };
      }
      if (isAtEnd) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayMend(error) || !wasConnected) throw error;
    } finally {
      silence.stop();
    }
    failures += 1;
    await pause(pauseMs(failures), signal);
  }
}

interface SilenceGuard {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly stop: () => void;
}

function createSilenceGuard(): SilenceGuard {
  const controller = new AbortController();
  const timer = startSilenceTimer(silenceLimitMs, () => controller.abort());
  return {
    signal: controller.signal,
    heard: timer.heard,
    stop() {
      timer.stop();
      // Also closes the connection of a reader who leaves early.
      controller.abort();
    },
  };
}
