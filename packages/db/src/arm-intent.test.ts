import type { SubmitResponse } from "@valet/contracts";
import { type KyselyPlugin, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { armIntent, disarmIntent, dispatchIntent, recordSubmitResponse } from "./arm-intent.ts";
import { endBrowserSession } from "./browser-sessions.ts";
import { type ApprovedTask, approvedTask, arm, takeOver } from "./intent.fixture.ts";
import { findIntent } from "./intents.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { endTask } from "./task-progress.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

async function armedTask(): Promise<ApprovedTask> {
  const approved = await approvedTask(store);
  await arm(store, approved);
  return approved;
}

const release = ({ intent, sessionId, fence }: ApprovedTask) => ({
  intentId: intent.id,
  sessionId,
  fence,
  requestDigest: "aa11",
});

const dispatch = (approved: ApprovedTask, instead: Partial<ReturnType<typeof release>> = {}) =>
  dispatchIntent(store.db, { ...release(approved), ...instead });

async function stateOf({ task }: ApprovedTask) {
  const intent = await findIntent(store.db, task.id);
  const approval = await store.db
    .selectFrom("approvals")
    .select("consumedAt")
    .where("id", "=", intent?.approvalId ?? "")
    .executeTakeFirstOrThrow();
  return { state: intent?.state, isUsed: approval.consumedAt !== null };
}

const untouched = { state: "approved", isUsed: false };

const approvalsOf = ({ task }: ApprovedTask) =>
  store.db.updateTable("approvals").where("taskId", "=", task.id);

const expireInDatabase = (approved: ApprovedTask) =>
  approvalsOf(approved)
    .set({ expiresAt: sql`now()` })
    .execute();

describe("arming", () => {
  test("binds the attempt to the session and the fence, and uses the approval up", async () => {
    const approved = await approvedTask(store);
    const { sessionId, fence, digest } = approved;
    expect(await arm(store, approved)).toMatchObject({ state: "armed", sessionId, fence, digest });
    expect(await stateOf(approved)).toEqual({ state: "armed", isUsed: true });
  });

  test.each<[string, (approved: ApprovedTask) => Promise<unknown>]>([
    ["another digest", (it) => arm(store, it, { digest: "v1:other" })],
    ["a run that does not own the task", (it) => arm(store, it, { runId: "run-other" })],
    ["a lower fence", (it) => arm(store, it, { fence: it.fence - 1 })],
    ["a higher fence", (it) => arm(store, it, { fence: it.fence + 1 })],
    ["a session that nobody knows", (it) => arm(store, it, { sessionId: crypto.randomUUID() })],
    ["no session at all", (it) => arm(store, it, { sessionId: "x" })],
    ["an attempt that nobody knows", (it) => arm(store, it, { intentId: crypto.randomUUID() })],
    [
      "the session of another task",
      async (it) => {
        const { sessionId, fence } = await approvedTask(store);
        return arm(store, it, { sessionId, fence });
      },
    ],
    [
      "a session that has ended",
      async (it) => {
        await endBrowserSession(store.db, { sessionId: it.sessionId, as: "closed" });
        return arm(store, it);
      },
    ],
    [
      "an approval that has expired",
      async (it) => {
        await expireInDatabase(it);
        return arm(store, it);
      },
    ],
    [
      "an approval of another person",
      async (it) => {
        const { userId } = await store.newUser();
        await approvalsOf(it).set({ userId }).execute();
        return arm(store, it);
      },
    ],
    [
      "an approval of another task",
      async (it) => {
        const { intent } = await approvedTask(store);
        await store.db
          .updateTable("submissionIntents")
          .set({ approvalId: intent.approvalId })
          .where("id", "=", it.intent.id)
          .execute();
        return arm(store, it);
      },
    ],
    [
      "a consent that was withdrawn",
      async (it) => {
        await store.db
          .updateTable("standingConsents")
          .set({ revokedAt: sql`now()` })
          .where("userId", "=", it.task.userId)
          .execute();
        return arm(store, it);
      },
    ],
    [
      "an autopilot approval under no consent",
      async (it) => {
        await approvalsOf(it).set({ consentId: null }).execute();
        return arm(store, it);
      },
    ],
    [
      "a rehearsal",
      async (it) => {
        await store.db
          .updateTable("tasks")
          .set({ rehearsal: true })
          .where("id", "=", it.task.id)
          .execute();
        return arm(store, it);
      },
    ],
    [
      "a task that has ended",
      async (it) => {
        await store.db
          .updateTable("tasks")
          .set({ finishedAt: sql`now()` })
          .where("id", "=", it.task.id)
          .execute();
        return arm(store, it);
      },
    ],
  ])("is refused with %s, and uses nothing up", async (_, attempt) => {
    const approved = await approvedTask(store);
    expect(await attempt(approved)).toBeUndefined();
    expect(await stateOf(approved)).toEqual(untouched);
  });

  test("of fifty at once one arms; a used approval arms nothing again", async () => {
    const approved = await approvedTask(store);
    const results = await Promise.all(Array.from({ length: 50 }, () => arm(store, approved)));
    expect(results.filter((row) => row !== undefined)).toHaveLength(1);
    await disarmIntent(store.db, { intentId: approved.intent.id, fence: approved.fence });
    await store.db
      .updateTable("submissionIntents")
      .set({ state: "approved" })
      .where("id", "=", approved.intent.id)
      .execute();
    expect(await arm(store, approved)).toBeUndefined();
  });

  test("is durable even where the server was told not to wait for its disk", async () => {
    const approved = await approvedTask(store);
    const setting = await writeTask(store.writer, approved.task.id, async ({ trx }) => {
      const { task, run, digest, intent, sessionId, fence } = approved;
      await sql`set synchronous_commit = off`.execute(trx);
      await armIntent(trx, { intentId: intent.id, digest, runId: run, sessionId, fence });
      const shown = await sql<{ setting: string }>`
        select current_setting('synchronous_commit') as setting, ${task.id}`.execute(trx);
      await sql`reset synchronous_commit`.execute(trx);
      return shown.rows[0]?.setting;
    });
    expect(setting).toBe("on");
  });

  /** Ends the connection of the transaction once its nth statement has been answered. */
  function killedAfter(statement: number, backend: number): KyselyPlugin {
    let answered = 0;
    return {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        answered += 1;
        if (answered === statement)
          await sql`select pg_terminate_backend(${backend})`.execute(store.db);
        return result;
      },
    };
  }

  test("a database that goes away between any two statements has neither armed nor used anything", async () => {
    let statement = 0;
    for (;;) {
      statement += 1;
      const approved = await approvedTask(store);
      const { intent, digest, run, sessionId, fence } = approved;
      const work = store.db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        const cut = trx.withPlugin(killedAfter(statement, rows[0]?.pid ?? 0));
        await armIntent(cut, { intentId: intent.id, digest, runId: run, sessionId, fence });
      });
      const failed = await work.then(
        () => false,
        () => true,
      );
      if (!failed) break;
      expect([statement, await stateOf(approved)]).toEqual([statement, untouched]);
    }
    // Setting, look, approval, attempt, answer: each was cut once, the last one before the commit.
    expect(statement).toBe(6);
  });
});

describe("dispatching", () => {
  test("of many that dispatch at once exactly one may send", async () => {
    const armed = await armedTask();
    const results = await Promise.all(Array.from({ length: 50 }, () => dispatch(armed)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await findIntent(store.db, armed.task.id)).toMatchObject({
      state: "dispatched",
      requestDigest: "aa11",
    });
  });

  test("without the compare-and-set every one of them would send", async () => {
    const { intent } = await approvedTask(store);
    const setBlindly = () =>
      store.db
        .updateTable("submissionIntents")
        .set({ state: "dispatched" })
        .where("id", "=", intent.id)
        .returning("id")
        .executeTakeFirst();
    const results = await Promise.all(Array.from({ length: 8 }, setBlindly));
    expect(results.filter((row) => row !== undefined)).toHaveLength(8);
  });

  test("nothing is dispatched that was not armed", async () => {
    const approved = await approvedTask(store);
    expect(await dispatch(approved)).toBe(false);
    expect(await stateOf(approved)).toEqual(untouched);
  });

  test.each<[string, (armed: ApprovedTask) => Promise<boolean>]>([
    ["another fence", (it) => dispatch(it, { fence: it.fence + 1 })],
    ["another session", (it) => dispatch(it, { sessionId: crypto.randomUUID() })],
    ["no session", (it) => dispatch(it, { sessionId: "" })],
    ["another attempt", (it) => dispatch(it, { intentId: crypto.randomUUID() })],
    [
      "a fence that was taken over since",
      async (it) => {
        await takeOver(store, { ...it, taskId: it.task.id, userId: it.task.userId });
        return dispatch(it);
      },
    ],
    [
      "the new fence, which armed nothing",
      async (it) => {
        const session = { ...it, taskId: it.task.id, userId: it.task.userId };
        return dispatch(it, { fence: await takeOver(store, session) });
      },
    ],
    [
      "a session that has ended since",
      async (it) => {
        await endBrowserSession(store.db, { sessionId: it.sessionId, as: "lost" });
        return dispatch(it);
      },
    ],
    [
      "a task that was cancelled since",
      async (it) => {
        await writeTask(store.writer, it.task.id, (write) =>
          endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Cancelled." }),
        );
        return dispatch(it);
      },
    ],
  ])("is refused with %s", async (_, attempt) => {
    const armed = await armedTask();
    expect(await attempt(armed)).toBe(false);
    expect(await findIntent(store.db, armed.task.id)).toMatchObject({ requestDigest: null });
  });

  test("a takeover that is under way comes first", async () => {
    const armed = await armedTask();
    const { result, taken } = await store.db.transaction().execute(async (trx) => {
      const taken = await takeOver(
        { db: trx },
        { ...armed, taskId: armed.task.id, userId: armed.task.userId },
      );
      const result = dispatch(armed).then((sent) => ({ sent }));
      const blocked = () =>
        sql<{ count: string }>`
          select count(*) from pg_stat_activity
          where wait_event_type = 'Lock' and query like 'with%set_config%'`.execute(store.db);
      await vi.waitUntil(async () => (await blocked()).rows[0]?.count === "1");
      return { result, taken };
    });
    expect([taken, await result]).toEqual([armed.fence + 1, { sent: false }]);
  });
});

describe("what was seen of the answer", () => {
  const response: SubmitResponse = {
    status: 200,
    failed: null,
    redirects: 1,
    latched: false,
    at: "2026-01-02T03:04:05.000Z",
  };
  const record = ({ intent }: ApprovedTask, seen: SubmitResponse = response) =>
    recordSubmitResponse(store.db, { intentId: intent.id, response: seen });

  test("is kept once, of something that was sent", async () => {
    const armed = await armedTask();
    expect(await record(armed)).toBe(false);
    await dispatch(armed);
    const results = await Promise.all([record(armed), record(armed), record(armed)]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await record(armed, { ...response, status: 500 })).toBe(false);
    expect(await findIntent(store.db, armed.task.id)).toMatchObject({ response });
  });

  test("is refused when it is not of its shape", async () => {
    const armed = await armedTask();
    await dispatch(armed);
    await expect(record(armed, { ...response, redirects: -1 })).rejects.toThrow("redirects");
    expect(await findIntent(store.db, armed.task.id)).toMatchObject({ response: null });
  });
});

describe("disarming", () => {
  const disarm = ({ intent }: ApprovedTask, fence: number | null) =>
    disarmIntent(store.db, { intentId: intent.id, fence });

  test("is for the fence that armed, or a newer one", async () => {
    const armed = await armedTask();
    expect(await disarm(armed, armed.fence - 1)).toBe(false);
    expect(await disarm(armed, null)).toBe(false);
    expect(await disarm(armed, armed.fence)).toBe(true);
    expect(await disarm(armed, armed.fence)).toBe(false);
    expect(await dispatch(armed)).toBe(false);
    const other = await armedTask();
    expect(await disarm(other, other.fence + 1)).toBe(true);
  });

  test("is for anybody once the session has ended", async () => {
    const armed = await armedTask();
    await endBrowserSession(store.db, { sessionId: armed.sessionId, as: "lost" });
    expect(await disarm(armed, null)).toBe(true);
  });

  test("against a dispatch under way exactly one wins", async () => {
    for (let round = 0; round < 10; round += 1) {
      const armed = await armedTask();
      const won = await Promise.all([dispatch(armed), disarm(armed, armed.fence)]);
      expect(won.filter(Boolean)).toHaveLength(1);
    }
  });
});

describe("expiry is by the database's clock", () => {
  function jumpTo(ms: number): void {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
    onTestFinished(() => void vi.useRealTimers());
  }
  const hours = 3_600_000;

  test("a process whose clock is two days ahead arms what is still good", async () => {
    const approved = await approvedTask(store);
    jumpTo(48 * hours);
    expect(await arm(store, approved)).toMatchObject({ state: "armed" });
    expect(await dispatch(approved)).toBe(true);
  });

  test("a process whose clock is two days behind arms nothing that has expired", async () => {
    const approved = await approvedTask(store);
    await expireInDatabase(approved);
    jumpTo(-48 * hours);
    expect(await arm(store, approved)).toBeUndefined();
    expect(await stateOf(approved)).toEqual(untouched);
  });

  test("an approval given by a process whose clock is a year ahead is good for a day", async () => {
    jumpTo(365 * 24 * hours);
    const { task } = await approvedTask(store);
    const { rows } = await sql<{ lifetime: string }>`
      select (expires_at - created_at)::text as lifetime
      from approvals where task_id = ${task.id}`.execute(store.db);
    expect(rows).toEqual([{ lifetime: "1 day" }]);
  });
});
