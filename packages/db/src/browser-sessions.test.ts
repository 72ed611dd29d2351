import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  type NewBrowserSession,
  addBrowserSession,
  endBrowserSession,
  endTaskSession,
  findBrowserSession,
  findLiveSession,
  findNewestSession,
  findWantedSessions,
} from "./browser-sessions.ts";
import { releaseFence, renewLeases, takeFence } from "./session-fences.ts";
import {
  findSilentSessionHosts,
  giveUpSessionHosts,
  listHostRooms,
  listLiveSessions,
  listSessionHostIds,
  listSessionHosts,
  recordSessionHost,
} from "./session-hosts.ts";
import { isNewestTry, recordStepStart } from "./step-runs.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store.close());
afterEach(() => void vi.useRealTimers());

const host = { hostId: "machine:1-2", hostUrl: "http://127.0.0.1:8181" };
const leaseMs = 15_000;

async function newSession(): Promise<NewBrowserSession & { sessionId: string }> {
  const task = await store.newTask();
  const id = randomUUID();
  const session = { id, sessionId: id, taskId: task.id, userId: task.userId, ...host };
  expect(await addBrowserSession(store.db, session)).toEqual({ kind: "added" });
  return session;
}

test("of two hosts asked for the same task at once one gets the session", async () => {
  const task = await store.newTask();
  const ask = (hostId: string) =>
    addBrowserSession(store.db, {
      id: randomUUID(),
      taskId: task.id,
      userId: task.userId,
      hostId,
      hostUrl: `http://${hostId}`,
    });
  const answers = await Promise.all([ask("a"), ask("b"), ask("c")]);
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(["added", "taken", "taken"]);
  const live = await findLiveSession(store.db, task.id);
  expect(answers).toContainEqual(expect.objectContaining({ kind: "taken", by: live }));
  await endTaskSession(store.db, task.id);
  expect(await ask("b")).toEqual({ kind: "added" });
});

test("another person's task has no session to give", async () => {
  const mine = await store.newTask();
  const stranger = await store.newUser();
  const answer = await addBrowserSession(store.db, {
    id: randomUUID(),
    taskId: mine.id,
    userId: stranger.userId,
    ...host,
  });
  expect(answer).toEqual({ kind: "unknown_task" });
});

test("every attach takes the next fence, however many come at once", async () => {
  const session = await newSession();
  const taken = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      takeFence(store.db, { ...session, owner: `worker-${n}`, leaseMs }),
    ),
  );
  const fences = taken.map((one) => (one.kind === "taken" ? one.fence : 0));
  expect(fences.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
});

test("an old fence is refused and disturbs nothing, the newest one is carried on", async () => {
  const session = await newSession();
  await takeFence(store.db, { ...session, owner: "old", leaseMs });
  await takeFence(store.db, { ...session, owner: "new", leaseMs });
  const before = await findBrowserSession(store.db, session.id);

  for (const held of [0, 1, 3]) {
    const answer = await takeFence(store.db, { ...session, owner: "zombie", leaseMs, held });
    expect(answer).toEqual({ kind: "fenced", current: 2 });
  }
  expect(await releaseFence(store.db, { ...session, fence: 1 })).toEqual({
    kind: "fenced",
    current: 2,
  });
  expect(await findBrowserSession(store.db, session.id)).toEqual(before);
  expect(await takeFence(store.db, { ...session, owner: "new", leaseMs, held: 2 })).toEqual({
    kind: "taken",
    fence: 3,
  });
});

test("a try of a step is refused as soon as a later one has begun, by whatever order they attach", async () => {
  const session = await newSession();
  const { taskId } = session;
  const turn = (attempt: number) =>
    ({ runId: `run-${taskId}`, step: "fill-page", attempt }) as const;
  const take = (attempt: number) =>
    takeFence(store.db, { ...session, owner: "worker", leaseMs, turn: turn(attempt) });
  await recordStepStart(store.db, { ...turn(0), taskId, workerId: "frozen" });
  expect(await take(0)).toEqual({ kind: "taken", fence: 1 });
  expect(await isNewestTry(store.db, turn(0))).toBe(true);
  await recordStepStart(store.db, { ...turn(1), taskId, workerId: "other" });
  expect(await isNewestTry(store.db, turn(0))).toBe(false);
  expect(await take(0)).toEqual({ kind: "fenced", current: 1 });
  expect(await take(1)).toEqual({ kind: "taken", fence: 2 });
  expect(await take(0)).toEqual({ kind: "fenced", current: 2 });
  // Without a turn nothing is known of tries: whoever comes is let in.
  expect(await takeFence(store.db, { ...session, owner: "worker", leaseMs })).toMatchObject({
    kind: "taken",
  });
});

test("another person's, task's or host's session answers exactly as an unknown one", async () => {
  const session = await newSession();
  const other = await newSession();
  const unknown = await takeFence(store.db, {
    ...session,
    sessionId: randomUUID(),
    owner: "w",
    leaseMs,
  });
  for (const change of [
    { userId: other.userId },
    { taskId: other.taskId },
    { taskId: other.taskId, userId: other.userId },
    { hostId: "another" },
    { sessionId: "no uuid" },
  ]) {
    const answer = await takeFence(store.db, { ...session, ...change, owner: "w", leaseMs });
    expect(answer).toEqual(unknown);
  }
  expect((await findBrowserSession(store.db, session.id))?.fence).toBe(0);
});

test("letting go ends the lease, and only the holder can", async () => {
  const session = await newSession();
  await takeFence(store.db, { ...session, owner: "w", leaseMs });
  expect(await leasedOf(session.id)).toEqual([true]);
  expect(await releaseFence(store.db, { ...session, fence: 1 })).toEqual({ kind: "released" });
  expect(await leasedOf(session.id)).toEqual([false]);
  // Nobody has taken over since: who let go may come back with the number it had.
  expect(await takeFence(store.db, { ...session, owner: "w", leaseMs, held: 1 })).toEqual({
    kind: "taken",
    fence: 2,
  });
});

test("process clocks decades apart change neither fences nor leases", async () => {
  const session = await newSession();
  for (const [at, now] of ["1999-01-01", "2026-06-01", "2099-01-01"].entries()) {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
    const taken = await takeFence(store.db, { ...session, owner: now, leaseMs });
    expect(taken).toEqual({ kind: "taken", fence: at + 1 });
    const { rows } = await sql<{ ms: string }>`
      select extract(epoch from lease_until - now()) * 1000 as ms
      from browser_sessions where id = ${session.id}`.execute(store.db);
    expect(Number(rows[0]?.ms)).toBeGreaterThan(leaseMs - 10_000);
    expect(Number(rows[0]?.ms)).toBeLessThanOrEqual(leaseMs);
    const holders = [{ sessionId: session.id, fence: at + 1 }];
    await renewLeases(store.db, { holders, leaseMs: 0 });
    expect(await leasedOf(session.id)).toEqual([false]);
    await recordSessionHost(store.db, { id: "skewed", url: host.hostUrl, report: {} });
    expect(await findSilentSessionHosts(store.db, 30_000)).toEqual([]);
  }
});

test("a session that ended stays as it ended and is wanted by nobody", async () => {
  const session = await newSession();
  const kept = await newSession();
  const orphan = await newSession();
  await endBrowserSession(store.db, { sessionId: session.id, as: "lost" });
  await endBrowserSession(store.db, { sessionId: session.id, as: "closed" });
  expect(await findBrowserSession(store.db, session.id)).toMatchObject({ state: "lost" });
  expect(await takeFence(store.db, { ...session, owner: "w", leaseMs })).toEqual({
    kind: "unknown",
  });
  await store.db
    .updateTable("tasks")
    .set({ finishedAt: sql`now()` })
    .where("id", "=", orphan.taskId)
    .execute();
  const wanted = await findWantedSessions(store.db, [session.id, kept.id, orphan.id, randomUUID()]);
  expect(wanted).toEqual(new Set([kept.id]));
});

test("a host that is given up loses its own sessions and no others", async () => {
  const here = await newSession();
  const task = await store.newTask();
  const id = randomUUID();
  const there = {
    id,
    taskId: task.id,
    userId: task.userId,
    hostId: "gone:7-7",
    hostUrl: "http://x",
  };
  await addBrowserSession(store.db, there);
  await recordSessionHost(store.db, { id: "gone:7-7", url: "http://x", report: { pooled: [] } });
  await sql`update session_hosts set seen_at = now() - interval '31 s' where id = 'gone:7-7'`.execute(
    store.db,
  );
  expect(await listSessionHostIds(store.db, "gone:")).toEqual(["gone:7-7"]);
  expect(await findSilentSessionHosts(store.db, 30_000)).toEqual(["gone:7-7"]);
  expect(await giveUpSessionHosts(store.db, ["gone:7-7"])).toBe(1);
  expect(await findBrowserSession(store.db, id)).toMatchObject({ state: "lost" });
  expect(await findBrowserSession(store.db, here.id)).toMatchObject({ state: "live" });
  expect((await listSessionHosts(store.db)).map((row) => row.id)).not.toContain("gone:7-7");
});

test("a host that lives has room for what it can hold less what it holds, one that is silent or leaves for nothing", async () => {
  const report = (id: string, capacity?: number) =>
    recordSessionHost(store.db, {
      id,
      url: `http://${id}`,
      report: capacity === undefined ? {} : { capacity },
    });
  const roomsOf = async () =>
    Object.fromEntries((await listHostRooms(store.db)).map(({ url, room }) => [url, room]));
  await report("roomy", 4);
  await report("new");
  await report("silent", 4);
  await sql`update session_hosts set seen_at = now() - interval '16 s' where id = 'silent'`.execute(
    store.db,
  );
  const task = await store.newTask();
  const id = randomUUID();
  const session = { id, taskId: task.id, userId: task.userId };
  await addBrowserSession(store.db, { ...session, hostId: "roomy", hostUrl: "http://roomy" });
  expect(await roomsOf()).toEqual({ "http://roomy": 3 });
  await report("roomy", 0);
  expect(await roomsOf()).toEqual({ "http://roomy": -1 });
  await giveUpSessionHosts(store.db, ["roomy", "new", "silent"]);
});

test("the newest session of a task is found though it has ended", async () => {
  const session = await newSession();
  expect(await findNewestSession(store.db, session.taskId)).toMatchObject({ id: session.id });
  await endBrowserSession(store.db, { sessionId: session.id, as: "lost" });
  const next = randomUUID();
  await addBrowserSession(store.db, { ...session, id: next });
  await endBrowserSession(store.db, { sessionId: next, as: "closed" });
  expect(await findNewestSession(store.db, session.taskId)).toMatchObject({
    id: next,
    state: "closed",
  });
  expect(await findNewestSession(store.db, randomUUID())).toBeUndefined();
});

async function leasedOf(sessionId: string): Promise<boolean[]> {
  const all = await listLiveSessions(store.db);
  return all.filter((one) => one.sessionId === sessionId).map((one) => one.leased);
}
