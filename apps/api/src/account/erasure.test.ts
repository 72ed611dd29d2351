import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSessionHostClient } from "@valet/browser";
import {
  type NewUser,
  type TaskRow,
  dispatchIntent,
  endTask,
  findIntent,
  relayNotice,
  writeTask,
} from "@valet/db";
import { Secret } from "@valet/runtime";
import { type ObjectStore, openStore } from "@valet/storage";
import { until } from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { dispatch, runIdOf, showReview } from "../review.fixture.ts";
import { type HeldPerson, dumpTables, findInTables, holdPerson } from "./account.fixture.ts";
import type { EraseDeps } from "./erase-person.ts";
import { startErasures } from "./start-erasures.ts";

let api: ApiFixture;
let store: ObjectStore;
let root = "";
const { signal } = new AbortController();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "valet-erased-"));
  store = await openStore({ kind: "fs", root });
  api = { ...(await openApiFixture()), store };
});
afterAll(async () => {
  await api.close();
  await rm(root, { recursive: true, force: true });
});

function startErasing(change: Partial<EraseDeps> = {}) {
  const { writer, deps } = api;
  const input = { writer, store, hostAt: undefined, kickRelay: deps.kickRelay, log: deps.log };
  const erasures = startErasures({ ...input, stragglerMs: 0, ...change });
  onTestFinished(() => erasures.close());
  return erasures;
}

async function ask({ person }: Pick<HeldPerson, "person">, confirm = person.name) {
  const headers = keyOf(person);
  return api.app.inject({ method: "DELETE", url: "/me", headers, payload: { confirm } });
}

const state = (userId: string) =>
  api.db.selectFrom("erasures").selectAll().where("userId", "=", userId).executeTakeFirst();

const untilErased = ({ person }: Pick<HeldPerson, "person">) =>
  until("the person is erased", async () => (await state(person.id)) === undefined);

const untilItWaitsFor = ({ person }: Pick<HeldPerson, "person">, reason: string) =>
  until(`it waits for ${reason}`, async () => (await state(person.id))?.lastError === reason);

/** Names and contents of all that the store holds. */
async function storeText(): Promise<string> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return `${path}\n${await readFile(path, "latin1")}`;
    });
  return (await Promise.all(texts)).join("\n");
}

const inStore = async (words: readonly string[]) => {
  const text = await storeText();
  return words.filter((word) => text.includes(word));
};

/** As the successor of the host that the fixture's sessions were on says it. */
const addHost = (id: string) =>
  api.db.insertInto("sessionHosts").values({ id, url: "http://h.test" }).execute();
const forgetHosts = () => api.db.deleteFrom("sessionHosts").execute();

test("of an erased person nothing is left in any table or in the store, and of others everything", async () => {
  const [held, stranger] = [await holdPerson(api), await holdPerson(api)];
  const { person, taskId, canaries } = held;
  const words = [...canaries, person.id, taskId, person.apiKey];
  const before = await findInTables(api, words);
  const stored = await inStore(words);
  // The search finds what is there: each value somewhere, and every table that holds some.
  const found = new Set([...before.words, ...stored]);
  expect(words.filter((word) => !found.has(word))).toEqual([person.apiKey]);
  expect(canaries.length).toBeGreaterThanOrEqual(40);
  expect(before.tables.length).toBeGreaterThanOrEqual(22);
  expect(stored.length).toBeGreaterThanOrEqual(5);

  const wrong = await ask(held, "somebody-else");
  expect([wrong.statusCode, wrong.json().code]).toEqual([422, "NOT_CONFIRMED"]);
  const asked = await ask(held);
  expect([asked.statusCode, asked.json().erasing]).toEqual([202, true]);
  const late = await api.app.inject({ url: "/tasks", headers: keyOf(person) });
  expect([late.statusCode, late.json().code]).toEqual([401, "UNAUTHORIZED"]);
  await addHost("gone:2-2-2");
  onTestFinished(async () => void (await forgetHosts()));
  startErasing();
  await untilErased(held);

  expect(await findInTables(api, words)).toEqual({ tables: [], words: [] });
  expect(await inStore(words)).toEqual([]);
  const text = api.logged();
  expect(words.filter((word) => text.includes(word) && word.startsWith("canary"))).toEqual([]);
  const theirs = [...stranger.canaries, stranger.person.id, stranger.taskId];
  const kept = new Set([...(await findInTables(api, theirs)).words, ...(await inStore(theirs))]);
  expect(theirs.filter((word) => !kept.has(word))).toEqual([]);
});

test("what stays of what was sent is hashes, times and its outcome, and leads to nobody", async () => {
  await api.db.deleteFrom("erasedSubmissions").execute();
  const held = await holdPerson(api);
  await ask(held);
  await addHost("gone:2-2-2");
  onTestFinished(async () => void (await forgetHosts()));
  startErasing();
  await untilErased(held);
  const proof = await api.db.selectFrom("erasedSubmissions").selectAll().execute();
  expect(proof).toEqual([
    {
      id: expect.any(String),
      digest: `sha256:${"a".repeat(64)}`,
      requestDigest: "b".repeat(64),
      outcome: "confirmed",
      dispatchedAt: expect.any(Date),
      decidedAt: expect.any(Date),
    },
  ]);
});

/** As the person, the worker and the session host do up to the moment it has left. */
async function send(person: NewUser, task: TaskRow): Promise<void> {
  const { digest } = await showReview(api.writer, task);
  const url = `/tasks/${task.id}/approve`;
  const headers = keyOf(person);
  const approved = await api.app.inject({ method: "POST", url, headers, payload: { digest } });
  expect(approved.statusCode).toBe(200);
  await dispatch(api.writer, task);
  await api.db.updateTable("outbox").set({ sentAt: new Date() }).execute();
}

test("live applications end, the engine hears of it first, and one that was armed can no longer be sent", async () => {
  const person = await api.addPerson();
  const task = await api.addTask(person.id);
  await showReview(api.writer, task);
  const armed = { sessionId: crypto.randomUUID(), fence: 1 };
  const { db } = api;
  await db
    .insertInto("browserSessions")
    .values({
      id: armed.sessionId,
      taskId: task.id,
      userId: person.id,
      hostId: "h:1-1-1",
      hostUrl: "http://h.test",
      state: "live",
      fence: 1,
    })
    .execute();
  await db
    .updateTable("submissionIntents")
    .set({ state: "armed", ...armed })
    .where("taskId", "=", task.id)
    .execute();
  const { id: intentId = "" } = (await findIntent(db, task.id)) ?? {};
  await db.updateTable("outbox").set({ sentAt: new Date() }).execute();
  const { hostAt, close } = await openHost();
  await ask({ person });
  startErasing({ hostAt });
  await untilItWaitsFor({ person }, "OUTBOX");
  const waiting = await db.selectFrom("outbox").selectAll().where("sentAt", "is", null).execute();
  expect(waiting).toMatchObject([{ message: { kind: "cancel_run", runId: runIdOf(task) } }]);
  expect((await findIntent(db, task.id))?.state).toBe("aborted");
  expect(await dispatchIntent(db, { intentId, ...armed, requestDigest: null })).toBe(false);
  await db.updateTable("outbox").set({ sentAt: new Date() }).execute();
  await untilErased({ person });
  await close();
  const dumps = [...(await dumpTables(api)).values()].join("\n");
  expect(dumps).not.toContain(task.id);
});

test("an application that may have been sent gets time for its outcome, and is never sent again", async () => {
  await api.db.deleteFrom("erasedSubmissions").execute();
  const person = await api.addPerson();
  const task = await api.addTask(person.id);
  await send(person, task);
  await api.db.updateTable("outbox").set({ sentAt: new Date() }).execute();
  const intent = await findIntent(api.db, task.id);
  const { hostAt, close } = await openHost();
  await ask({ person });
  startErasing({ hostAt });
  await untilItWaitsFor({ person }, "OUTCOME");
  expect((await findIntent(api.db, task.id))?.state).toBe("dispatched");
  await writeTask(api.writer, task.id, async (write) => {
    await write.trx
      .updateTable("submissionIntents")
      .set({ state: "confirmed", decidedAt: new Date() })
      .where("taskId", "=", task.id)
      .execute();
    await endTask(write, { outcome: "confirmed", reason: null, message: "It arrived." });
  });
  await untilErased({ person });
  await close();
  const { id: intentId = "", sessionId = "", fence = 0 } = intent ?? {};
  const again = { intentId, sessionId: sessionId ?? "", fence: fence ?? 0, requestDigest: null };
  expect(await dispatchIntent(api.db, again)).toBe(false);
  const proof = await api.db.selectFrom("erasedSubmissions").selectAll().execute();
  expect(proof).toMatchObject([{ outcome: "confirmed" }]);
});

test("an outcome that does not come ends as unknown, and the erasure goes on", async () => {
  await api.db.deleteFrom("erasedSubmissions").execute();
  const person = await api.addPerson();
  const task = await api.addTask(person.id);
  await send(person, task);
  const { hostAt, close } = await openHost();
  await ask({ person });
  await api.db
    .updateTable("erasures")
    .set({ requestedAt: new Date(Date.now() - 26_000) })
    .execute();
  startErasing({ hostAt });
  await untilErased({ person });
  await close();
  const proof = await api.db.selectFrom("erasedSubmissions").selectAll().execute();
  expect(proof).toMatchObject([{ outcome: "unknown" }]);
});

test("a process that dies after the rows went leaves what another needs to go on", async () => {
  const held = await holdPerson(api);
  const words = [...held.canaries, held.taskId];
  await ask(held);
  const dying = startErasing({
    store: { deleteTree: () => Promise.reject(new Error("the process dies here")) },
  });
  await until("the rows are gone", async () => (await state(held.person.id))?.rowsErasedAt);
  await dying.close();
  // Without what the erasure remembers nothing would lead to these any more.
  expect((await inStore(words)).length).toBeGreaterThanOrEqual(5);
  expect((await findInTables(api, held.canaries)).words).toEqual([]);
  await addHost("gone:2-2-2");
  onTestFinished(async () => void (await forgetHosts()));
  startErasing();
  await untilErased(held);
  expect(await inStore(words)).toEqual([]);
});

test("what a worker puts into the store when the rows are gone already is erased as well", async () => {
  const held = await holdPerson(api);
  await ask(held);
  await addHost("gone:2-2-2");
  onTestFinished(async () => void (await forgetHosts()));
  startErasing({ stragglerMs: 3_000 });
  await untilItWaitsFor(held, "STRAGGLERS");
  const key = `evidence/${held.taskId}/late.jpg`;
  await store.put({ key, body: Buffer.from("canary-late"), contentType: "image/jpeg" }, signal);
  await untilErased(held);
  expect(await inStore(["canary-late", held.taskId])).toEqual([]);
});

test("while a session host is away all else goes, and the erasure ends when it is back", async () => {
  const held = await holdPerson(api);
  const { hostAt, close, listen } = await openHost();
  await close();
  await ask(held);
  startErasing({ hostAt });
  await untilItWaitsFor(held, "SESSION_HOST");
  expect(await findInTables(api, held.canaries)).toEqual({ tables: [], words: [] });
  expect(await inStore(held.canaries)).toEqual([]);
  const closed = await listen();
  await api.db.updateTable("erasures").set({ availableAt: new Date() }).execute();
  await untilErased(held);
  expect(closed).toHaveLength(1);
  await close();
});

test("a person who is being erased is told nothing more, by mail or by webhook", async () => {
  await api.db.deleteFrom("notices").execute();
  const [held, other] = [await holdPerson(api), await holdPerson(api)];
  await ask(held);
  const hooks = await api.db
    .selectFrom("webhooks")
    .selectAll()
    .where("userId", "=", held.person.id)
    .execute();
  expect(hooks).toEqual([]);
  const told: string[] = [];
  const results: string[] = [];
  for (let result = ""; result !== "idle"; results.push(result)) {
    result = await relayNotice(api.db, async (notice) => {
      if (notice.about === "application") told.push(notice.task.id);
    });
  }
  expect(results).toEqual(["dropped", "told", "idle"]);
  expect(told).toEqual([other.taskId]);
});

/** What a session host answers when it is asked to close a browser, at one address for all. */
async function openHost() {
  const closed: string[] = [];
  const server = createServer((request, reply) => {
    closed.push(`${request.method} ${request.url}`);
    reply.writeHead(204).end();
  });
  let port = 0;
  const listen = async () => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port; // listening on TCP
    return closed;
  };
  await listen();
  const token = new Secret("token");
  return {
    listen,
    hostAt: () => createSessionHostClient({ url: `http://127.0.0.1:${port}`, token }),
    close: async () => {
      const isClosed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await isClosed;
    },
  };
}
