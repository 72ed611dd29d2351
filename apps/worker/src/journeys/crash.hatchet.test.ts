import {
  type CrashDesk,
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  openCrashDesk,
  startValet,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import type { Way } from "./applications.fixture.ts";
import { type CrashStage, crashBatch } from "./crash-batch.fixture.ts";
import { createVictims } from "./victims.fixture.ts";

const workers = ["worker-1", "worker-2"];

let desk: CrashDesk;
let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;
let stage: CrashStage;

beforeAll(async () => {
  [desk, points] = await Promise.all([openCrashDesk(), createHoldPoints()]);
  valet = await startValet({
    workers: workers.length,
    env: { ...desk.env, VALET_TEST_CHECKPOINT_URL: points.url, VALET_MAX_SESSIONS: "12" },
  });
  ada = await createApplicant(valet);
  stage = { valet, ada, desk, victims: createVictims({ valet, workers }) };
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
  await desk?.close();
});

/** From the review to the outcome, a sample of what `npm run test:crash` goes through. */
const sample: readonly (readonly [point: string, way: Way, end: string])[] = [
  ["upload-resume#prepareReview:writeTask", "autopilot", "confirmed"],
  ["submit-body#waitForApproval:port.waitFor", "copilot", "confirmed"],
  ["arm-in-turn#armInTurn:writeTask", "copilot", "confirmed"],
  ["session-gate#arm:tell", "autopilot", "confirmed"],
  ["send-once#pressSubmit:clickSubmit", "autopilot", "confirmed"],
  ["session-gate#disarm:tell", "autopilot", "confirmed"],
  ["verify#findEvidence:keepScreenshot", "autopilot", "confirmed"],
  ["verify#verify:writeTask:2", "autopilot", "confirmed"],
];

// Together, since the engine's 30 s are the longest part of each.
test("of two workers one is killed and one is frozen, each with applications everywhere on their way: each sent once", async () => {
  const targets = sample.map(([point, way]) => ({ point, visit: 1, stepsBefore: 3, way }));
  const rows = await crashBatch(stage, { victim: "workers", targets, number: 1 });
  expect(rows.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(rows.map(({ point, isParked, end, sent }) => ({ point, isParked, end, sent }))).toEqual(
    sample.map(([point, , outcome]) => ({
      point,
      isParked: true,
      end: `${outcome}/null`,
      sent: 1,
    })),
  );
}, 300_000);

test("the API killed before it starts a run and before it tells one of an approval: both go on, once", async () => {
  const approved = await ada.apply("plain/jobs/engineer-902", { mode: "copilot" });
  await ada.untilState(approved.id, "awaiting_review");
  const telling = points.hold("outbox:before-send", approved.id);
  await ada.approve(approved.id);
  await telling;
  const starting = points.hold("outbox:before-send");
  const accepted = await ada.apply("plain/jobs/engineer-901");
  await starting;
  await valet.kill("api");
  await valet.start("api");
  expect(await ada.untilEnd(approved.id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-902")).toHaveLength(1);
  expect(await ada.untilEnd(accepted.id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-901")).toHaveLength(1);
});

test("an approval that arrives before the run waits for it is found", async () => {
  const atCaptcha = points.hold("check-captcha:start");
  const { id } = await ada.apply("plain/jobs/engineer-903", { mode: "copilot" });
  const held = await atCaptcha;
  await ada.approve(id);
  held.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-903")).toHaveLength(1);
});
