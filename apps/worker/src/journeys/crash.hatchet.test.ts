import { type HoldPoints, type TestValet, createHoldPoints, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

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
const reassignMs = 90_000;

async function killWorker(pid: number): Promise<void> {
  const name = ["worker-1", "worker-2"].find((worker) => valet.process(worker).pid === pid);
  if (name === undefined) throw new Error("The held process is no worker of this test.");
  await valet.kill(name);
  await valet.start("worker", { name });
}

test(
  "a worker killed right after the click: sent once, found confirmed by another worker",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-101");
    const clicked = await points.hold("dispatch:clicked", id);
    await killWorker(clicked.pid);
    const filled = await ada.apply("plain/jobs/engineer-102");
    const filling = await points.hold("fill-page:filled", filled.id);
    await killWorker(filling.pid);

    // A worker killed while filling: the next one goes on with the page as it stands.
    expect(await ada.untilEnd(id, reassignMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-101")).toHaveLength(1);
    expect(await ada.untilEnd(filled.id, reassignMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-102")).toHaveLength(1);
  },
  2 * reassignMs,
);

test("the API killed between accepting and starting: the application starts once after the restart", async () => {
  const held = points.hold("outbox:before-send");
  const { id } = await ada.apply("plain/jobs/engineer-103");
  await held;
  await valet.kill("api");
  await valet.start("api");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  expect(await valet.submits("engineer-103")).toHaveLength(1);
});

test("the API killed between an approval and telling the run: it goes on once after the restart", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-104", { mode: "copilot" });
  await ada.untilState(id, "awaiting_review");
  const held = points.hold("outbox:before-send", id);
  await ada.approve(id);
  await held;
  await valet.kill("api");
  await valet.start("api");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-104")).toHaveLength(1);
});

test("an approval that arrives before the run waits for it is found", async () => {
  const atCaptcha = points.hold("check-captcha:start");
  const { id } = await ada.apply("plain/jobs/engineer-105", { mode: "copilot" });
  const held = await atCaptcha;
  await ada.approve(id);
  held.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-105")).toHaveLength(1);
});
