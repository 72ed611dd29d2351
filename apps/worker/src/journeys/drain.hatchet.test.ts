import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  everyCaseOr,
  isSweep,
  startValet,
  testServices,
  until,
} from "@valet/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;
const workers = everyCaseOr(["worker-1", "worker-2", "worker-3"], ["worker-1", "worker-2"]);

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({
    workers: workers.length,
    env: { VALET_TEST_CHECKPOINT_URL: points.url },
  });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

const stoppedInOrder = { code: 0, signal: null };

test("a worker told to stop while it fills finishes the page; the rest goes on elsewhere", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-601");
  const filling = await points.hold("fill-page:filled", id);
  const stopped = workers.find((worker) => valet.process(worker).pid === filling.pid) ?? "";
  const uploading = points.hold("upload-resume:start", id);
  const stopping = valet.stop(stopped);
  await until("the worker takes no new steps", async () => !(await isReady(stopped)));
  filling.release();
  const next = await uploading;
  expect(next.pid).not.toBe(filling.pid);
  expect(await stopping).toEqual(stoppedInOrder);
  const replaced = valet.start("worker", { name: stopped });
  next.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-601")).toHaveLength(1);
  // Nothing was tried twice: a step that is cut off would have been.
  const { steps } = await ada.client.getRun(id);
  expect(steps.map(({ attempt }) => attempt)).toEqual(steps.map(() => 0));
  await replaced;
});

const atOnce = everyCaseOr(8, 2);
const limitMs = 150_000;

/** Copilot applications, of which the second one's wait was recorded by code with other waits. */
// What it is made of, one worker that is told to stop, is tried above.
test.runIf(isSweep)(
  `a restart of all workers, one by one, loses neither ${atOnce} running applications nor waiting reviews`,
  async () => {
    // Greenhouse's form has the same address each time, so a form filled again holds the same.
    const waiting = await Promise.all(
      ["plain/jobs/engineer-602", "greenhouse/acme/jobs/engineer-603"].map((job) =>
        ada.apply(job, { mode: "copilot" }),
      ),
    );
    const [resumed, startedAnew] = waiting.map(({ id }) => id);
    for (const { id } of waiting) await ada.untilState(id, "awaiting_review", limitMs);
    await until("the wait is recorded", () => recordOtherWait(startedAnew ?? ""));

    const jobs = Array.from({ length: atOnce }, (_, index) => `engineer-${610 + index}`);
    const running = await Promise.all(jobs.map((job) => ada.apply(`plain/jobs/${job}`)));
    for (const worker of workers) {
      expect(await valet.stop(worker)).toEqual(stoppedInOrder);
      await valet.start("worker", { name: worker });
    }
    await ada.approve(resumed ?? "");
    await ada.approve(startedAnew ?? "");

    const tasks = [...waiting, ...running];
    const ends = await Promise.all(tasks.map(({ id }) => ada.untilEnd(id, limitMs)));
    expect(ends.map(({ outcome, epoch }) => `${outcome} ${epoch}`)).toEqual(
      tasks.map(({ id }) => (id === startedAnew ? "confirmed 2" : "confirmed 1")),
    );
    for (const job of ["engineer-602", "engineer-603", ...jobs]) {
      expect(await valet.submits(job), job).toHaveLength(1);
    }
    const reviews = (await ada.events(startedAnew ?? "")).filter(
      ({ type }) => type === "field_review",
    );
    expect(reviews, "the person is not asked twice").toHaveLength(1);
  },
  2 * limitMs,
);

async function isReady(worker: string): Promise<boolean> {
  const { url } = valet.process(worker).info;
  return (await fetch(`${String(url)}/readyz`)).ok;
}

/**
 * Makes the engine's record of the wait that of other code, as a deploy with another sequence of
 * waits would find it. Says whether there was one.
 */
async function recordOtherWait(taskId: string): Promise<boolean> {
  const url = new URL(testServices().postgresUrl);
  url.pathname = "/hatchet";
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    const { count } = await sql`
      update v1_durable_event_log_entry set idempotency_key = 'other'::bytea
      where kind = 'WAIT_FOR' and durable_task_id in (
        select id from v1_task where additional_metadata->>'taskId' = ${taskId})`;
    return count > 0;
  } finally {
    await sql.end();
  }
}
