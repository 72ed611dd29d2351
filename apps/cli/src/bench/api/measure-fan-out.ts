import { setTimeout as delay } from "node:timers/promises";
import { StreamMessage, isValetError, streamProtocol } from "@valet/contracts";
import { WebSocket } from "ws";
import { until } from "../until.ts";
import { type Measured, jobSite } from "./start-bench-api.ts";

export interface FanOutInput {
  readonly clients: number;
  readonly events: number;
}

export interface FanOut {
  /** From the commit, or the sending, to each client's callback, in milliseconds. */
  readonly delays: readonly number[];
  readonly expected: number;
}

const eventsPerSecond = 10;

/**
 * Everybody follows all applications of one person; each event is one that was accepted. An event's own time
 * is the start of its transaction, so that its writing counts as well.
 */
export async function measureFanOut(
  { url, key, client, resumeId }: Measured,
  { clients, events }: FanOutInput,
  signal: AbortSignal,
): Promise<FanOut> {
  const { lastPosition } = await client.listPersonEvents({ after: 2 ** 30 }, signal);
  const delays: number[] = [];
  const headers = { authorization: `Bearer ${key.reveal()}` };
  const sockets = await openAll(clients, () => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, [streamProtocol], { headers });
    socket.on("open", () => {
      socket.send(JSON.stringify({ type: "subscribe", task: "*", after: lastPosition }));
    });
    socket.on("message", (data: Buffer) => {
      const now = Date.now();
      const message = StreamMessage.parse(JSON.parse(data.toString()));
      if (message.type === "event") delays.push(now - Date.parse(message.event.at));
    });
    return socket;
  });
  try {
    await sendSteadily(events, signal, async (number) => {
      const jobUrl = `http://${jobSite}/jobs/${url.slice(-5)}-${lastPosition + number}`;
      await client.createTask({ jobUrl, resumeId, mode: "copilot" }, {}, signal);
    });
    await untilAllCame(delays, clients * events, signal);
  } finally {
    for (const socket of sockets) socket.terminate();
  }
  return { delays, expected: clients * events };
}

/** The same numbers, sizes and client, and a server that does nothing but send. */
export async function measureBareFanOut(
  url: string,
  { clients, events }: FanOutInput,
  signal: AbortSignal,
): Promise<FanOut> {
  const delays: number[] = [];
  const sockets = await openAll(clients, () => {
    const socket = new WebSocket(url);
    socket.on("message", (data: Buffer) => {
      const now = Date.now();
      const { at }: { at: number } = JSON.parse(data.toString());
      delays.push(now - at);
    });
    return socket;
  });
  try {
    // As long as one of our frames.
    const padding = "x".repeat(260);
    await sendSteadily(events, signal, async () => sockets[0]?.send(padding));
    await untilAllCame(delays, clients * events, signal);
  } finally {
    for (const socket of sockets) socket.terminate();
  }
  return { delays, expected: clients * events };
}

/** What has not come by then is missing, which is a result. */
async function untilAllCame(
  delays: readonly number[],
  expected: number,
  signal: AbortSignal,
): Promise<void> {
  const patience = { signal, limitMs: 15_000, lookEveryMs: 50 };
  await until("every event", async () => delays.length >= expected, patience).catch(
    (error: unknown) => {
      if (!isValetError(error, "TIMEOUT")) throw error;
    },
  );
}

async function openAll(count: number, open: () => WebSocket): Promise<readonly WebSocket[]> {
  const sockets: WebSocket[] = [];
  for (let opened = 0; opened < count; opened += 50) {
    const batch = Array.from({ length: Math.min(50, count - opened) }, open);
    await Promise.all(
      batch.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            socket.once("open", () => resolve());
            socket.once("error", reject);
          }),
      ),
    );
    sockets.push(...batch);
  }
  return sockets;
}

async function sendSteadily(
  count: number,
  signal: AbortSignal,
  send: (number: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  for (let number = 1; number <= count; number += 1) {
    await send(number);
    const due = startedAt + (number * 1_000) / eventsPerSecond;
    await delay(Math.max(0, due - performance.now()), undefined, { signal });
  }
}
