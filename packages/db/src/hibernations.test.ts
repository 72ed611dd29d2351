import { digestOf } from "@valet/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "./connect.ts";
import {
  type Hibernation,
  claimIdleReview,
  findLastPlace,
  findParked,
  forgetHibernation,
  listEndedHibernations,
  markResumed,
  saveHibernation,
} from "./hibernations.ts";
import { openReview } from "./reviews.ts";
import { prepareIntent } from "./intents.ts";
import { savePage } from "./task-pages.ts";
import { endTask } from "./task-progress.ts";
import { findTask } from "./task-row.ts";
import { type TestStore, claimAndFill, openTestStore, snapshotWith } from "./task.fixture.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
let db: Db;
beforeAll(async () => {
  store = await openTestStore();
  ({ db } = store);
});
afterAll(() => store?.close());

/** A task of its own that shows a review and has a browser. */
async function waitingTask(): Promise<string> {
  const task = await store.newTask();
  await claimAndFill(store.writer, task.id, `run-${task.id}`);
  const snapshot = snapshotWith("ada@example.com", task.jobKey);
  await writeTask(store.writer, task.id, async (write) => {
    const [page] = snapshot.pages;
    if (page === undefined) throw new Error("The snapshot has a page.");
    await savePage(
      write.trx,
      { taskId: task.id, epoch: write.task.epoch },
      { page: 1, signature: "s", isLast: true, wasLeft: false, plan: [], snapshot: page },
    );
    await prepareIntent(write.trx, write.task, { digest: digestOf(snapshot) });
    await openReview(write, { snapshot, reason: "Look.", url: "https://valet.test" });
    await write.trx
      .updateTable("tasks")
      .set({ sessionId: `session-${task.id}` })
      .where("id", "=", task.id)
      .execute();
  });
  return task.id;
}

/** What would be parked now, of all tasks but the named ones; the locks are let go at once. */
async function idleNow(idleMs = 0, except: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const idle = await db
      .transaction()
      .execute((trx) =>
        claimIdleReview(trx, { idleMs, pressedMs: idleMs, except: [...except, ...found] }),
      );
    if (idle === undefined) return found;
    found.push(idle.taskId);
  }
}

async function parked(taskId: string): Promise<Hibernation> {
  return db.transaction().execute(async (trx) => {
    const others = (await store.db.selectFrom("tasks").select("id").execute())
      .map(({ id }) => id)
      .filter((id) => id !== taskId);
    const idle = await claimIdleReview(trx, { idleMs: 0, pressedMs: 0, except: others });
    const place = await findLastPlace(trx, { taskId, epoch: idle?.epoch ?? 0 });
    if (idle === undefined || place === undefined) throw new Error("Nothing to park.");
    const hibernation = { ...idle, ...place, storageKey: `hibernations/${taskId}/1`, byteSize: 7 };
    await saveHibernation(trx, hibernation);
    return hibernation;
  });
}

test("only a task that has waited long enough is taken", async () => {
  const id = await waitingTask();
  expect(await idleNow(60_000)).not.toContain(id);
  expect(await idleNow()).toContain(id);
});

test("two workers never take the same task, and an approval waits until it is let go", async () => {
  const id = await waitingTask();
  const others = (await idleNow()).filter((other) => other !== id);
  await db.transaction().execute(async (first) => {
    const choice = { idleMs: 0, pressedMs: 0, except: others };
    expect((await claimIdleReview(first, choice))?.taskId).toBe(id);
    const second = db.transaction().execute((trx) => claimIdleReview(trx, choice));
    expect(await second).toBeUndefined();
    const lock = sql`select 1 from tasks where id = ${id} for update nowait`.execute(db);
    await expect(lock).rejects.toThrow("could not obtain lock");
  });
});

test.each(["captcha", "email_code", "sign_in", "takeover", "question"])(
  "a page that waits for a %s is never taken",
  async (kind) => {
    const id = await waitingTask();
    await db.updateTable("humanSteps").set({ kind }).where("taskId", "=", id).execute();
    expect(await idleNow()).not.toContain(id);
  },
);

test("an approved review is not taken, though its run may not know yet", async () => {
  const id = await waitingTask();
  await db.updateTable("humanSteps").set({ state: "done" }).where("taskId", "=", id).execute();
  expect(await idleNow()).not.toContain(id);
});

test("a parked task has no browser, and none is parked again until it was built again", async () => {
  const id = await waitingTask();
  const { epoch, digest, page, url } = await parked(id);
  expect((await findTask(db, { id }))?.sessionId).toBeNull();
  expect(await idleNow()).not.toContain(id);
  expect(await findParked(db, { taskId: id, epoch })).toMatchObject({ digest, page, url });
  expect(await findParked(db, { taskId: id, epoch: epoch + 1 })).toBeUndefined();
  await markResumed(db, id);
  expect(await findParked(db, { taskId: id, epoch })).toBeUndefined();
});

test("what was stored is listed for erasing once the task has ended", async () => {
  const id = await waitingTask();
  await parked(id);
  expect(await listEndedHibernations(db, 10)).toEqual([]);
  await writeTask(store.writer, id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Cancelled." }),
  );
  const ended = { taskId: id, storageKey: `hibernations/${id}/1` };
  expect(await listEndedHibernations(db, 10)).toEqual([ended]);
  await forgetHibernation(db, id);
  expect(await listEndedHibernations(db, 10)).toEqual([]);
});
