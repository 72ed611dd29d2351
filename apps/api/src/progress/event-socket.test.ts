import { once } from "node:events";
import type { Socket } from "node:net";
import {
  StreamMessage,
  type StreamRequest,
  StreamTicket,
  streamClosing,
  streamProtocol,
} from "@valet/contracts";
import { createValetClient } from "@valet/client";
import { type NewUser, type TaskRow, endTask, reportProgress, writeTask } from "@valet/db";
import { type Doorbell, connectDoorbell } from "@valet/doorbell";
import { createLogger } from "@valet/runtime";
import { testChannelPrefix, testServices } from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let doorbell: Doorbell;
let api: ApiFixture;
let url: string;
let person: NewUser;
const connections = new Set<Socket>();

beforeAll(async () => {
  doorbell = await connectDoorbell({
    url: testServices().redisUrl,
    channelPrefix: testChannelPrefix(),
    log: createLogger({ name: "test", level: "silent" }),
  });
  api = await openApiFixture({ doorbell });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  api.app.server.on("connection", (connection: Socket) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  person = await api.addPerson();
});
afterAll(async () => {
  await api.close();
  await doorbell.close();
});

interface Client {
  readonly socket: WebSocket;
  readonly messages: StreamMessage[];
  readonly send: (request: StreamRequest) => void;
  readonly positions: (task: string) => number[];
}

async function open(
  options: { readonly protocols?: string[]; readonly headers?: Record<string, string> },
  base = url,
): Promise<Client> {
  const { protocols = [streamProtocol], headers = {} } = options;
  const socket = new WebSocket(`${base.replace("http", "ws")}/ws`, protocols, { headers });
  onTestFinished(() => socket.terminate());
  const messages: StreamMessage[] = [];
  socket.on("message", (data: Buffer) => {
    messages.push(StreamMessage.parse(JSON.parse(data.toString())));
  });
  await once(socket, "open");
  return {
    socket,
    messages,
    send: (request) => socket.send(JSON.stringify(request)),
    positions: (task) =>
      messages.flatMap((one) => (one.type === "event" && one.task === task ? [one.position] : [])),
  };
}

/** The status that an upgrade is refused with. */
async function refusal(
  options: { readonly protocols?: string[]; readonly headers?: Record<string, string> },
  base = url,
): Promise<number | undefined> {
  const { protocols = [streamProtocol], headers = {} } = options;
  const socket = new WebSocket(`${base.replace("http", "ws")}/ws`, protocols, { headers });
  const [, response] = await once(socket, "unexpected-response");
  socket.on("error", () => {});
  socket.terminate();
  return response.statusCode;
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

function progress(task: TaskRow, message = "on"): Promise<void> {
  return writeTask(api.writer, task.id, (write) =>
    reportProgress(write, { step: "fill-fields", pct: 30, message }),
  );
}

function end(task: TaskRow): Promise<boolean> {
  return writeTask(api.writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "It failed." }),
  );
}

test("on one connection several applications and all of them are followed, each from where one was", async () => {
  const someone = await api.addPerson();
  const [one, two] = [await api.addTask(someone.id), await api.addTask(someone.id)];
  await progress(one);
  const client = await open({ headers: keyOf(someone) });
  client.send({ type: "subscribe", task: one.id, after: 1 });
  client.send({ type: "subscribe", task: two.id, after: 0 });
  client.send({ type: "subscribe", task: "*", after: 0 });
  await progress(two);
  await end(one);
  await vi.waitFor(() => expect(client.positions("*")).toEqual([1, 2, 3, 4, 5, 6]));
  await vi.waitFor(() => expect(client.messages).toContainEqual({ type: "ended", task: one.id }));
  expect(client.positions(one.id)).toEqual([2, 3, 4]);
  expect(client.positions(two.id)).toEqual([1, 2]);
  client.send({ type: "unsubscribe", task: two.id });
  client.send({ type: "subscribe", task: one.id, after: 4 });
  await progress(two);
  await vi.waitFor(() => expect(client.positions("*")).toHaveLength(7));
  expect(client.positions(two.id)).toEqual([1, 2]);
  expect(client.messages.filter(({ type }) => type === "ended")).toHaveLength(2);
});

test("who knows more than the log holds is told to forget, and gets all of it", async () => {
  const task = await api.addTask(person.id);
  await end(task);
  const client = await open({ headers: keyOf(person) });
  client.send({ type: "subscribe", task: task.id, after: 77 });
  await vi.waitFor(() => expect(client.messages.at(-1)?.type).toBe("ended"));
  expect(client.messages.map(({ type }) => type)).toEqual([
    "subscribed",
    "reset",
    "event",
    "event",
    "event",
    "ended",
  ]);
});

test("another person's application and one that does not exist are the same unknown one", async () => {
  const foreign = await api.addTask((await api.addPerson()).id);
  const client = await open({ headers: keyOf(person) });
  for (const task of [foreign.id, crypto.randomUUID()]) {
    client.messages.length = 0;
    client.send({ type: "subscribe", task, after: 0 });
    await vi.waitFor(() => expect(client.messages).toHaveLength(1));
    expect(client.messages[0]).toEqual({
      type: "problem",
      task,
      code: "NOT_FOUND",
      message: "There is no such application among yours.",
    });
  }
});

test("a thousand foreign and random applications give no frame but the refusal", async () => {
  const stranger = await api.addPerson();
  const foreign = await Promise.all(Array.from({ length: 20 }, () => api.addTask(stranger.id)));
  const client = await open({ headers: keyOf(person) });
  const ids = Array.from({ length: 1_000 }, (_, index) =>
    index % 2 === 0 ? crypto.randomUUID() : (foreign[index % 20]?.id ?? ""),
  );
  for (const task of ids) client.send({ type: "subscribe", task, after: 0 });
  await Promise.all(foreign.map((task) => progress(task)));
  await vi.waitFor(() => expect(client.messages).toHaveLength(1_000), 20_000);
  const kinds = new Set(
    client.messages.map((one) => (one.type === "problem" ? one.code : one.type)),
  );
  expect([...kinds]).toEqual(["NOT_FOUND"]);
});

test("what is no request is answered with what would be one, and the connection stays", async () => {
  const client = await open({ headers: keyOf(person) });
  const nonsense = [
    "{",
    "[]",
    '{"type":"subscribe"}',
    '{"type":"subscribe","task":"all"}',
    `{"type":"subscribe","task":"*","after":-1}`,
    `{"type":"subscribe","task":"*","after":"1"}`,
    `{"type":"subscribe","task":"*","extra":1}`,
    '{"type":"publish","task":"*"}',
    "\u0000",
  ];
  for (const text of nonsense) client.socket.send(text);
  await vi.waitFor(() => expect(client.messages).toHaveLength(nonsense.length));
  for (const message of client.messages) {
    expect(message).toMatchObject({ type: "problem", task: null, code: "VALIDATION" });
  }
  client.socket.send("x".repeat(10_000));
  const [code] = await once(client.socket, "close");
  expect(code).toBe(1009);
});

test("a page comes in with a ticket made for its origin, once", async () => {
  const origin = api.deps.live.publicOrigin();
  const asked = await fetch(`${url}/stream-tickets`, {
    method: "POST",
    headers: { ...keyOf(person), origin },
  });
  const { ticket } = StreamTicket.parse(await asked.json());
  const protocols = [streamProtocol, `ticket.${ticket}`];
  expect(await refusal({ protocols })).toBe(401);
  expect(await refusal({ protocols, headers: { origin: "https://evil.example" } })).toBe(403);
  const listed = [...api.deps.live.allowedOrigins][0] ?? "";
  expect(await refusal({ protocols, headers: { origin: listed } })).toBe(401);
  const page = await open({ protocols, headers: { origin } });
  expect(page.socket.protocol).toBe(streamProtocol);
  expect(await refusal({ protocols, headers: { origin } })).toBe(401);
  const wrong = [streamProtocol, `ticket.${"a".repeat(43)}`];
  expect(await refusal({ protocols: wrong, headers: { origin } })).toBe(401);
  expect(await refusal({ headers: { origin } })).toBe(401);
  expect(await refusal({ headers: { authorization: "Bearer nonsense" } })).toBe(401);
});

test("a reader that had caught up and stops reading is cut", async () => {
  const task = await api.addTask(person.id);
  const client = await open({ headers: keyOf(person) });
  client.send({ type: "subscribe", task: task.id, after: 0 });
  await vi.waitFor(() => expect(client.positions(task.id)).toEqual([1]));
  client.socket.pause();
  const closed = once(client.socket, "close");
  const reading = await open({ headers: keyOf(person) });
  reading.send({ type: "subscribe", task: task.id, after: 0 });
  const message = "x".repeat(400_000);
  for (let count = 0; count < 30; count += 1) {
    await writeTask(api.writer, task.id, (write) => {
      write.append({ type: "progress", data: { step: "fill-fields", pct: 20, message } });
    });
  }
  await end(task);
  // Whoever reads has all of it: so much was held for the one who does not.
  await vi.waitFor(() => expect(reading.messages.at(-1)?.type).toBe("ended"), 30_000);
  client.socket.resume();
  const [code] = await closed;
  expect(code).toBe(streamClosing.slow);
  const got = client.positions(task.id);
  expect(got).toEqual(got.map((_, index) => index + 1));
  expect(got.length).toBeLessThan(30);
  const again = await open({ headers: keyOf(person) });
  again.send({ type: "subscribe", task: task.id, after: got.length });
  await vi.waitFor(() => expect(again.messages.at(-1)?.type).toBe("ended"), 30_000);
  expect(again.positions(task.id).at(-1)).toBe(33);
  expect(again.positions(task.id)[0]).toBe(got.length + 1);
});

test("a long log is sent no faster than it is read, and whole", async () => {
  const task = await api.addTask(person.id);
  const message = "x".repeat(20_000);
  await writeTask(api.writer, task.id, (write) => {
    for (let count = 0; count < 1_200; count += 1) {
      write.append({ type: "progress", data: { step: "fill-fields", pct: 20, message } });
    }
  });
  await end(task);
  const client = await open({ headers: keyOf(person) });
  client.send({ type: "subscribe", task: task.id, after: 0 });
  await vi.waitFor(() => expect(client.messages.at(-1)?.type).toBe("ended"), 30_000);
  expect(client.positions(task.id)).toHaveLength(1_203);
});

test("the client follows several logs on one connection and through breaks, and ends with the last event", async () => {
  const someone = await api.addPerson();
  const client = createValetClient({ url, apiKey: someone.apiKey });
  const [one, two] = [await api.addTask(someone.id), await api.addTask(someone.id)];
  const socket = client.openEventSocket();
  onTestFinished(() => socket.close());
  const follow = async (task: string, after: number) => {
    const positions: number[] = [];
    for await (const { position } of socket.follow(task, { after })) {
      positions.push(position);
      if (task === "*" && position === 14) break;
    }
    return positions;
  };
  const reading = Promise.all([follow(one.id, 0), follow(two.id, 1), follow("*", 0)]);
  for (let count = 0; count < 4; count += 1) {
    await progress(one);
    await progress(two);
    // Upgraded connections are not the HTTP server's any more.
    if (count % 2 === 1) for (const connection of connections) connection.destroy();
  }
  await end(one);
  await end(two);
  expect(await reading).toEqual([upTo(7), upTo(7).slice(1), upTo(14)]);
  await expect(socket.follow(crypto.randomUUID()).next()).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const stranger = createValetClient({ url, apiKey: "nonsense" }).openEventSocket();
  await expect(stranger.follow("*").next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("connections count among a person's streams, and a server that closes ends them", async () => {
  const fixture = await openApiFixture({ maxStreamsPerPerson: 1 });
  const base = await fixture.app.listen({ host: "127.0.0.1", port: 0 });
  const someone = await fixture.addPerson();
  const { socket } = await open({ headers: keyOf(someone) }, base);
  expect(await refusal({ headers: keyOf(someone) }, base)).toBe(429);
  const closed = once(socket, "close");
  await fixture.close();
  await closed;
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});
