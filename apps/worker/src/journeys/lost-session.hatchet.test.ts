import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  startValet,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { killBrowsers, rebuildTimes } from "./browsers.fixture.ts";

let points: HoldPoints;
let valet: TestValet;
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

test("Chromium killed in the middle of a page: filled again on a new browser, sent once", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-601");
  const filled = await points.hold("fill-page:filled", id);
  await killBrowsers(valet);
  filled.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-601")).toHaveLength(1);
  expect(rebuildTimes(valet)).toHaveLength(1);
});

test("a form that is another one after the approval is shown again, and nothing is sent unseen", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-changing-604", { mode: "copilot" });
  const first = await ada.untilState(id, "awaiting_review");
  await killBrowsers(valet);
  await ada.approve(id);
  await until("another review", async () => (await reviewsOf(id)) === 2);
  const second = await ada.untilState(id, "awaiting_review");
  expect(await valet.submits("engineer-changing-604")).toHaveLength(0);
  expect(second.fields.length).toBe(first.fields.length + 1);
  await ada.approve(id);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-changing-604")).toHaveLength(1);
});

async function reviewsOf(taskId: string): Promise<number> {
  return (await ada.events(taskId)).filter(({ type }) => type === "field_review").length;
}
