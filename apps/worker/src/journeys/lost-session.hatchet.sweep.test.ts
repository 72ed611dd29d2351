import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  startValet,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { killBrowsers, liveSessions } from "./browsers.fixture.ts";

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({ workers: 2, env: { VALET_TEST_CHECKPOINT_URL: points.url } });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

/** The engine gives a lost worker's steps to another one after 30 s without a heartbeat. */
const reassignMs = 120_000;

test("a session host killed while a person looks: what was approved is sent, once", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-602", { mode: "copilot" });
  const { fields } = await ada.untilState(id, "awaiting_review");
  await valet.kill("session-host");
  await valet.start("session-host");
  await ada.approve(id);
  const task = await ada.untilEnd(id);
  expect(task).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(task.fields).toEqual(fields);
  expect(await valet.submits("engineer-602")).toHaveLength(1);
  const reviews = (await ada.events(id)).filter(({ type }) => type === "field_review");
  expect(reviews).toHaveLength(1);
});

test("a form that is another one on the new browser ends the application before a review", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-changing-603");
  const filled = await points.hold("fill-page:filled", id);
  await killBrowsers(valet);
  filled.release();
  expect(await ada.untilEnd(id)).toMatchObject({
    outcome: "not_submitted",
    reason: "PAGE_CHANGED",
  });
  expect(await valet.submits("engineer-changing-603")).toHaveLength(0);
});

test("a browser that dies after the click is not replaced: nothing is sent twice", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-slow-605");
  const clicked = await points.hold("dispatch:clicked", id);
  await killBrowsers(valet);
  clicked.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "unconfirmed", reason: "NO_PROOF" });
  expect((await valet.submits("engineer-slow-605")).length).toBeLessThanOrEqual(1);
});

test("a session host killed once the gate's permit is written: the attempt is given up and made anew", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-608");
  const armed = await points.hold("dispatch:armed", id);
  await valet.kill("session-host");
  await valet.start("session-host");
  armed.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-608")).toHaveLength(1);
});

test("a session host that is still away when a browser has to be built again is waited for", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-609", { mode: "copilot" });
  await ada.untilState(id, "awaiting_review");
  const dispatching = points.hold("dispatch:start", id);
  await killBrowsers(valet);
  await ada.approve(id);
  const held = await dispatching;
  await until("the host has noticed", async () => (await liveSessions(valet, id)) === 0);
  await valet.kill("session-host");
  held.release();
  await valet.start("session-host");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-609")).toHaveLength(1);
});

test("Chromium killed at every step before the click: each time a new browser, in the end one application", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-606");
  for (const point of [
    "analyze-form:start",
    "fill-page:filled",
    "upload-resume:attached",
    "submit:start",
  ]) {
    const held = await points.hold(point, id);
    await killBrowsers(valet);
    held.release();
  }
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-606")).toHaveLength(1);
});

test(
  "a worker killed while it fills a new browser: the next one fills it from the start",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-607");
    const filled = await points.hold("fill-page:filled", id);
    const rebuilding = points.hold("restore:rebuilt", id);
    await killBrowsers(valet);
    filled.release();
    const { pid } = await rebuilding;
    const name = ["worker-1", "worker-2"].find((worker) => valet.process(worker).pid === pid);
    await valet.kill(name ?? "");
    await valet.start("worker", { name: name ?? "" });
    expect(await ada.untilEnd(id, reassignMs)).toMatchObject({ outcome: "confirmed", epoch: 1 });
    expect(await valet.submits("engineer-607")).toHaveLength(1);
  },
  2 * reassignMs,
);
