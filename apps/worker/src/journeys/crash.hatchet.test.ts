import { readFile } from "node:fs/promises";
import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  startValet,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

const workers = ["worker-1", "worker-2", "worker-3"];

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;

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

/** The engine gives a lost worker's steps to another one after 30 s without a heartbeat. */
const reassignMs = 90_000;

function workerOf(pid: number): string {
  const name = workers.find((worker) => valet.process(worker).pid === pid);
  if (name === undefined) throw new Error("The held process is no worker of this test.");
  return name;
}

async function killWorker(pid: number): Promise<void> {
  const name = workerOf(pid);
  await valet.kill(name);
  await valet.start("worker", { name });
}

// Together, since the engine's 30 s are the longest part of each.
test(
  "workers killed after the click and while filling, and one frozen while filling: each sent once",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-101");
    const clicked = await points.hold("dispatch:clicked", id);
    await killWorker(clicked.pid);
    const filled = await ada.apply("plain/jobs/engineer-102");
    const filling = await points.hold("fill-page:filled", filled.id);
    await killWorker(filling.pid);
    const frozen = await ada.apply("plain/jobs/engineer-106");
    const zombie = await points.hold("fill-page:filled", frozen.id);
    const zombieLog = valet.process(workerOf(zombie.pid)).logFile;
    process.kill(zombie.pid, "SIGSTOP");
    // Its next act, once it wakes, is a click on the page that somebody else drives by then.
    zombie.release();

    const takenOver = await points.hold("upload-resume:attached", frozen.id);
    expect(takenOver.pid).not.toBe(zombie.pid);
    process.kill(zombie.pid, "SIGCONT");
    await until("the zombie has been refused", async () =>
      (await readFile(zombieLog, "utf8")).split("\n").some((line) => isRefusal(line, frozen.id)),
    );
    takenOver.release();
    expect(await ada.untilEnd(frozen.id, reassignMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-106")).toHaveLength(1);

    // A worker killed while filling: the next one goes on with the page as it stands.
    expect(await ada.untilEnd(id, reassignMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-101")).toHaveLength(1);
    expect(await ada.untilEnd(filled.id, reassignMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-102")).toHaveLength(1);
  },
  2 * reassignMs,
);

/** Its click did not reach the page: a page it had left would be finished and not passed on. */
function isRefusal(line: string, taskId: string): boolean {
  if (!line.includes(taskId)) return false;
  return line.includes("fill-page failed") || /"passed":true.*"fill-page finished"/.test(line);
}

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
