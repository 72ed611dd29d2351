import type { TaskDetail } from "@valet/contracts";
import { type HoldPoints, type TestValet, createHoldPoints, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { atThePage } from "./person-at-page.fixture.ts";

let valet: TestValet;
let points: HoldPoints;
let ada: Applicant;
beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({ env: { VALET_TEST_CHECKPOINT_URL: points.url } });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

/** A lost worker's work is given away after 30 s. */
const limitMs = 240_000;
const site = "greenhouse/acme/jobs";

async function untilReview(
  job: string,
  options: Parameters<Applicant["apply"]>[1] = {},
): Promise<TaskDetail> {
  const { id } = await ada.apply(`${site}/${job}`, { mode: "copilot", ...options });
  return ada.untilState(id, "awaiting_review");
}

const digestOf = ({ humanStep }: TaskDetail) => humanStep?.digest ?? "";

const approve = (task: TaskDetail, digest = digestOf(task)) =>
  ada.client.approveTask(task.id, { digest });

async function expectSentOnce(job: string, task: TaskDetail): Promise<void> {
  expect(await ada.untilEnd(task.id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits(job)).toHaveLength(1);
}

test("approved before the run waits for it", async () => {
  const job = "engineer-301";
  const atWait = points.hold("check-captcha:start");
  const task = await untilReview(job);
  const held = await atWait;
  await approve(task);
  held.release();
  await expectSentOnce(job, task);
});

test("approved twice, one after the other: one approval", async () => {
  const job = "engineer-302";
  const task = await untilReview(job);
  const { approvalId } = await approve(task);
  // After a lost answer: the same approval, unless it has been used by then.
  const again = await approve(task).then(
    (given) => given.approvalId,
    (error: { readonly code: string }) => error.code,
  );
  expect([approvalId, "NO_OPEN_REVIEW", "ALREADY_SUBMITTED"]).toContain(again);
  await expectSentOnce(job, task);
  await expect(approve(task)).rejects.toMatchObject({ code: "ALREADY_SUBMITTED" });
});

test("approved from two tabs at the same moment: one approval", async () => {
  const job = "engineer-303";
  const task = await untilReview(job);
  const given = await Promise.all(Array.from({ length: 8 }, () => approve(task)));
  expect(new Set(given.map(({ approvalId }) => approvalId)).size).toBe(1);
  await expectSentOnce(job, task);
});

test("approved when its time is over: nothing", async () => {
  const job = "engineer-304";
  const task = await untilReview(job, { waitLimits: { review: 5 } });
  const end = await ada.untilEnd(task.id);
  expect(end).toMatchObject({ outcome: "not_submitted", reason: "REVIEW_EXPIRED" });
  await expect(approve(task)).rejects.toMatchObject({ code: "NO_OPEN_REVIEW" });
  expect(await valet.submits(job)).toHaveLength(0);
});

test("approved after somebody edited the page: shown again, and sent as approved then", async () => {
  const job = "engineer-305";
  const task = await untilReview(job);
  await atThePage(valet, task, (page) =>
    page.getByLabel(/LinkedIn/u).fill("https://www.linkedin.com/in/ada-canaria-2"),
  );
  await approve(task);
  const shown = async () => digestOf(await ada.client.getTask(task.id));
  await expect.poll(shown, { timeout: 60_000 }).not.toBe("");
  await expect.poll(shown, { timeout: 60_000 }).not.toBe(digestOf(task));
  expect(await valet.submits(job)).toHaveLength(0);
  await expect(approve(task)).rejects.toMatchObject({ code: "STALE_REVIEW" });
  await ada.approve(task.id);
  await expectSentOnce(job, task);
});

test(
  "approved at an API that was restarted, and with a worker that was killed, while it waited",
  async () => {
    const [one, other] = ["engineer-306", "engineer-307"];
    const first = await untilReview(one);
    await valet.kill("api");
    await valet.start("api");
    await approve(first);
    await expectSentOnce(one, first);
    const second = await untilReview(other);
    await valet.kill("worker-1");
    await approve(second);
    await valet.start("worker", { name: "worker-1" });
    await expectSentOnce(other, second);
  },
  limitMs,
);
