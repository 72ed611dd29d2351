import { once } from "node:events";
import { type Socket, connect } from "node:net";
import type { TaskEvent, TaskMessage } from "@valet/contracts";
import { type ValetClient, createValetClient } from "@valet/client";
import { type NewUser, type TaskRow, endTask, reportProgress, writeTask } from "@valet/db";
import { type Doorbell, connectDoorbell } from "@valet/doorbell";
import { createLogger } from "@valet/runtime";
import { startRedis } from "@valet/stack";
import { testChannelPrefix, testServices, testStateDir } from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

const log = createLogger({ name: "test", level: "silent" });
let doorbell: Doorbell;
let subscribers = 0;
let api: ApiFixture;
let url: string;
let person: NewUser;
let client: ValetClient;

beforeAll(async () => {
  doorbell = await connectDoorbell({
    url: testServices().redisUrl,
    channelPrefix: testChannelPrefix(),
    log,
  });
  api = await openApiFixture({
    doorbell: { ...doorbell, subscribe: countedSubscribe },
  });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  person = await api.addPerson();
  client = createValetClient({ url, apiKey: person.apiKey });
});
afterAll(async () => {
  await api.close();
  await doorbell.close();
});

function countedSubscribe(userId: string, onMessage: (message: TaskMessage) => void) {
  subscribers += 1;
  const unsubscribe = doorbell.subscribe(userId, onMessage);
  return () => {
    subscribers -= 1;
    unsubscribe();
  };
}

async function progress(fixture: ApiFixture, task: TaskRow, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await writeTask(fixture.writer, task.id, (write) =>
      reportProgress(write, { step: "fill-fields", pct: 30, message: `${index}` }),
    );
  }
}

function end(fixture: ApiFixture, task: TaskRow): Promise<boolean> {
  return writeTask(fixture.writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "It failed." }),
  );
}

function untilDown(bell: Doorbell): Promise<void> {
  return vi.waitFor(() => expect(bell.state()).toBe("down"));
}

function upTo(last: number, from = 1): number[] {
  return Array.from({ length: last - from + 1 }, (_, index) => index + from);
}

test("a follower whose connection breaks three times gets every event once and in order", async () => {
  const task = await api.addTask(person.id);
  const seen: number[] = [];
  const breakAt = new Set([40, 90, 140]);
  const writing = (async () => {
    await Promise.all([1, 2, 3, 4].map(() => progress(api, task, 50)));
    await vi.waitFor(() => expect(breakAt.size).toBe(0), { timeout: 20_000 });
    await end(api, task);
  })();
  let last: TaskEvent | undefined;
  for await (const event of client.followTask(task.id)) {
    seen.push(event.seq);
    last = event;
    const due = [...breakAt].find((at) => event.seq >= at);
    if (due === undefined) continue;
    breakAt.delete(due);
    api.app.server.closeAllConnections();
  }
  await writing;
  expect(last?.type).toBe("failed");
  expect(seen).toEqual(upTo(203));
});

test("while Redis is gone events still arrive, and nobody notices but by the clock", async () => {
  const stateDir = testStateDir();
  const redis = await startRedis({ stateDir, log: () => {} });
  onTestFinished(() => redis.close());
  const own = await connectDoorbell({ url: redis.url, channelPrefix: "own:", log });
  const fixture = await openApiFixture({ doorbell: own });
  onTestFinished(async () => {
    await fixture.close();
    await own.close();
  });
  const someone = await fixture.addPerson();
  const reader = createValetClient({
    url: await fixture.app.listen({ host: "127.0.0.1", port: 0 }),
    apiKey: someone.apiKey,
  });
  const task = await fixture.addTask(someone.id);
  const seen: number[] = [];
  for await (const event of reader.followTask(task.id)) {
    seen.push(event.seq);
    if (event.seq === 1) {
      await redis.close();
      await untilDown(own);
      await progress(fixture, task, 2);
    }
    if (event.seq === 3) await end(fixture, task);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test("frames carry the number as id, the type as event, and the event itself as data", async () => {
  const task = await api.addTask(person.id);
  await end(api, task);
  const response = await fetch(`${url}/tasks/${task.id}/stream`, { headers: keyOf(person) });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const frames = (await response.text()).split("\n\n").filter((frame) => !frame.startsWith(":"));
  const { events } = await client.listEvents(task.id);
  expect(frames.slice(0, -1)).toEqual(
    events.map((event) => `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}`),
  );
});

test("it goes on after the number in the header or, without one, in the query", async () => {
  const task = await api.addTask(person.id);
  await end(api, task);
  const read = async (query: string, lastEventId?: string) => {
    const headers = {
      ...keyOf(person),
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    };
    const response = await fetch(`${url}/tasks/${task.id}/stream${query}`, { headers });
    const text = await response.text();
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    return { status: response.status, ids, isReset: /^event: reset$/m.test(text) };
  };
  expect(await read("")).toEqual({ status: 200, ids: [1, 2, 3], isReset: false });
  expect(await read("?after=1")).toEqual({ status: 200, ids: [2, 3], isReset: false });
  expect(await read("?after=1", "2")).toEqual({ status: 200, ids: [3], isReset: false });
  expect(await read("", "77")).toEqual({ status: 200, ids: [1, 2, 3], isReset: true });
  expect(await read("", "of-another-server")).toMatchObject({ ids: [1, 2, 3], isReset: true });
  // What a browser's EventSource takes as the end.
  expect(await read("", "3")).toEqual({ status: 204, ids: [], isReset: false });
});

test("events are read in pages, from after a number, however large the number is", async () => {
  const task = await api.addTask(person.id);
  await progress(api, task, 9);
  const page = await client.listEvents(task.id, { after: 3, limit: 4 });
  expect(page.events.map(({ seq }) => seq)).toEqual([4, 5, 6, 7]);
  expect(page.lastSeq).toBe(10);
  const beyond = await client.listEvents(task.id, { after: Number.MAX_SAFE_INTEGER });
  expect(beyond).toEqual({ events: [], lastSeq: 10 });
});

test("a follower that leaves is forgotten", async () => {
  const task = await api.addTask(person.id);
  for await (const event of client.followTask(task.id)) {
    expect(subscribers).toBe(1);
    if (event.seq === 1) break;
  }
  await vi.waitFor(() => expect(subscribers).toBe(0));
});

test("a server that closes ends its live streams at once", async () => {
  const fixture = await openApiFixture();
  const someone = await fixture.addPerson();
  const task = await fixture.addTask(someone.id);
  const base = await fixture.app.listen({ host: "127.0.0.1", port: 0 });
  const response = await fetch(`${base}/tasks/${task.id}/stream`, { headers: keyOf(someone) });
  let text = "";
  for await (const bytes of response.body ?? []) {
    text += Buffer.from(bytes).toString();
    if (text.includes("id: 1\n")) void fixture.close();
  }
  expect(text).toContain("id: 1\n");
});

test("for a reader that does not read the server holds little of a long log, and loses none", async () => {
  const task = await api.addTask(person.id);
  const message = "x".repeat(20_000);
  await writeTask(api.writer, task.id, async (write) => {
    for (let count = 0; count < 400; count += 1) {
      write.append({ type: "progress", data: { step: "fill-fields", pct: 20, message } });
    }
  });
  await end(api, task);
  const { reader, far } = await openUnread(`/tasks/${task.id}/stream`);
  await vi.waitFor(() => expect(far.writableNeedDrain).toBe(true), 10_000);
  let held = 0;
  for (let look = 0; look < 50; look += 1) {
    await client.getProfile();
    held = Math.max(held, far.writableLength);
  }
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThan(1_000_000);
  const text = (await reader.toArray()).join("");
  expect([...text.matchAll(/^id: /gm)]).toHaveLength(403);
});

test("a reader that had caught up and stops reading is cut, others go on, and it can resume", async () => {
  const task = await api.addTask(person.id);
  const { reader, far } = await openUnread(`/tasks/${task.id}/stream`);
  const seen: number[] = [];
  const others = (async () => {
    for await (const { seq } of client.followTask(task.id)) seen.push(seq);
  })();
  const message = "x".repeat(200_000);
  for (let count = 0; count < 80 && !far.destroyed; count += 1) {
    await writeTask(api.writer, task.id, (write) => {
      write.append({ type: "progress", data: { step: "fill-fields", pct: 20, message } });
    });
    await vi.waitFor(() => expect(seen).toContain(count + 2));
  }
  expect(far.destroyed).toBe(true);
  reader.destroy();
  await end(api, task);
  await others;
  const again: number[] = [];
  for await (const { seq } of client.followTask(task.id, { after: 3 })) again.push(seq);
  expect(again).toEqual(upTo(seen.length, 4));
});

/** A connection that has asked for a stream and does not read it, and the server's end of it. */
async function openUnread(path: string): Promise<{ reader: Socket; far: Socket }> {
  const accepted = once(api.app.server, "connection");
  const reader = connect(Number(new URL(url).port), "127.0.0.1").pause();
  reader.on("error", () => {});
  reader.write(
    `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${keyOf(person).authorization}\r\n\r\n`,
  );
  const [far]: Socket[] = await accepted;
  if (far === undefined) throw new Error("Nobody came.");
  return { reader, far };
}

test("one stream follows all of a person's applications, and resumes at a position", async () => {
  const someone = await api.addPerson();
  const reader = createValetClient({ url, apiKey: someone.apiKey });
  const tasks = await Promise.all([api.addTask(someone.id), api.addTask(someone.id)]);
  await Promise.all(tasks.map((task) => progress(api, task, 3)));
  const seen: number[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { position } of reader.followAll({ after: 2, signal: stop.signal })) {
      seen.push(position);
      if (position === 5) api.app.server.closeAllConnections();
      if (position === 12) break;
    }
  })();
  await Promise.all(tasks.map((task) => end(api, task)));
  await reading;
  expect(seen).toEqual(upTo(12, 3));
  // The connections were cut under the client, which may try one of them once more.
  const page = await vi.waitFor(() => reader.listPersonEvents({ after: 4, limit: 3 }));
  expect(page.events.map(({ position }) => position)).toEqual([5, 6, 7]);
  expect(page.lastPosition).toBe(12);
  expect(await client.listPersonEvents({ after: 2 ** 30 })).toMatchObject({ events: [] });
});

test("a person may hold so many streams open and no more, and one that closes makes room", async () => {
  const fixture = await openApiFixture({ maxStreamsPerPerson: 3 });
  onTestFinished(() => fixture.close());
  const base = await fixture.app.listen({ host: "127.0.0.1", port: 0 });
  const [greedy, modest] = [await fixture.addPerson(), await fixture.addPerson()];
  const stop = new AbortController();
  const open = (who: NewUser, signal = stop.signal) =>
    fetch(`${base}/stream`, { headers: keyOf(who), signal });
  const leaving = new AbortController();
  const statuses = [
    (await open(greedy, leaving.signal)).status,
    (await open(greedy)).status,
    (await open(greedy)).status,
  ];
  expect(statuses).toEqual([200, 200, 200]);
  const refused = await open(greedy);
  expect([refused.status, (await refused.json()).code]).toEqual([429, "TOO_MANY_STREAMS"]);
  expect((await open(modest)).status).toBe(200);
  leaving.abort();
  await vi.waitFor(async () => expect((await open(greedy)).status).toBe(200));
  stop.abort();
});
