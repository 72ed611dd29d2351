import { loadavg } from "node:os";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { admitWaiting } from "./admit-waiting.ts";
import { claimIdleReview } from "./hibernations.ts";
import { listLiveTasks } from "./live-tasks.ts";
import { addManyTasks } from "./many-tasks.fixture.ts";
import { relayNext } from "./outbox.ts";
import { moveWindows } from "./start-windows.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { readQueueDepth } from "./waiting-starts.ts";

/*
 * What looks cost when there is much to look at: `npm run test:cost`. The figures are in docs/scale.md; what
 * is asserted is that a look which is had every so often takes much less than that.
 */

const minutes = 60_000;
let store: TestStore;

beforeEach(async () => void (store = await openTestStore()));
afterEach(() => store.close());

/** In milliseconds: the quickest of several, since whatever else the machine does only adds to it. */
async function timeOf(what: string, look: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    const startedAt = performance.now();
    await look();
    times.push(performance.now() - startedAt);
  }
  const quickest = Math.min(...times);
  const load = loadavg()[0]?.toFixed(1);
  process.stderr.write(`ceilings: ${what}: ${quickest.toFixed(1)} ms (load ${load})\n`);
  return quickest;
}

/** The limits that nobody has changed. */
const limits = {};
const isOwnHost = () => false;
const look = () => admitWaiting(store.db, { now: new Date(), limits, isOwnHost, jitter: () => 0 });

test.each([
  { waiting: 10_000, people: 100, hosts: 50, atMost: 1_000 },
  { waiting: 10_000, people: 10_000, hosts: 500, atMost: 1_000 },
  { waiting: 100_000, people: 1_000, hosts: 50, atMost: 4_000 },
  { waiting: 100_000, people: 20_000, hosts: 500, atMost: 4_000 },
])(
  "a look of the admitter at $waiting that wait, of $people people to $hosts hosts",
  async ({ atMost, ...many }) => {
    await addManyTasks(store.db, { ended: 300_000, ...many });
    // What all hosts together have room for is taken.
    await store.db
      .insertInto("sessionHosts")
      .values({
        id: "full",
        url: "http://full",
        report: JSON.stringify({ capacity: 1 }),
        seenAt: sql<Date>`now() + interval '1 hour'`,
      })
      .execute();
    const first = await look();
    expect(first.admitted).toHaveLength(1);
    const what = `admission, ${many.waiting} wait, ${many.people} people, ${many.hosts} hosts`;
    expect(await timeOf(what, look)).toBeLessThan(atMost);
    await timeOf("depth of the queue", () => readQueueDepth(store.db));
  },
  20 * minutes,
);

test(
  "windows of a hundred thousand that are closed",
  async () => {
    await addManyTasks(store.db, { waiting: 100_000, windowed: 100_000, people: 1_000, hosts: 50 });
    const ms = await timeOf("windows, 100000", () => moveWindows(store.db, new Date()));
    expect(ms).toBeLessThan(1_000);
  },
  20 * minutes,
);

test(
  "the reconciler's look at a hundred thousand live tasks, and who may be parked next",
  async () => {
    await addManyTasks(store.db, { ended: 300_000, parked: 100_000, people: 10_000, hosts: 500 });
    const ms = await timeOf("live tasks, the first 1000 of 100000", () =>
      listLiveTasks(store.db, { limit: 1_000 }),
    );
    expect(ms).toBeLessThan(1_000);
    await timeOf("a look of the admitter beside 100000 that are parked", async () => {
      await store.newTask();
      await look();
    });
    await timeOf("who may be parked", () =>
      store.db
        .transaction()
        .execute((trx) => claimIdleReview(trx, { idleMs: 600_000, pressedMs: 20_000, except: [] })),
    );
  },
  20 * minutes,
);

test(
  "a message is taken from the outbox beside a million that were sent",
  async () => {
    const { id } = await store.newTask();
    const add = (count: number, isSent: boolean) =>
      sql`
        insert into outbox (task_id, message, sent_at)
        select ${id}, '{"kind": "cancel_run", "runId": "x"}'::jsonb,
          ${isSent ? sql`now()` : sql`null`}
        from generate_series(1, ${count})
      `.execute(store.db);
    await add(1_000_000, true);
    await sql`vacuum analyze outbox`.execute(store.db);
    const send = () => Promise.resolve();
    await timeOf("an empty outbox, a million sent", () => relayNext(store.db, send));
    await add(20_000, false);
    const unknown = await timeOf("a message, 20000 wait", () => relayNext(store.db, send));
    // Postgres then knows that there are many and may choose another way to the first.
    await sql`analyze outbox`.execute(store.db);
    const known = await timeOf("a message, 20000 wait and are counted", () =>
      relayNext(store.db, send),
    );
    expect(Math.max(unknown, known)).toBeLessThan(50);
  },
  20 * minutes,
);
