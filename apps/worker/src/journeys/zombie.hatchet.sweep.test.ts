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

// One frozen with the page in its hands is in `crash`: it is cut off. This one would cut off another.
test(
  "a worker frozen just before it attaches does not take the page from the one that goes on",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-801");
    const first = await points.hold("fill-page:start", id);
    const killed = workerOf(first.pid);
    // The next one has never had this page, so it has to attach.
    const taking = points.hold("fill-page:start", id);
    await valet.kill(killed);
    const zombie = await taking;
    const log = valet.process(workerOf(zombie.pid)).logFile;
    process.kill(zombie.pid, "SIGSTOP");
    zombie.release();
    const filling = points.hold("fill-page:filled", id);
    await valet.start("worker", { name: killed });
    const filled = await filling;
    expect(filled.pid).not.toBe(zombie.pid);
    process.kill(zombie.pid, "SIGCONT");
    await until("the zombie has let go", async () =>
      (await readFile(log, "utf8"))
        .split("\n")
        .some((line) => line.includes(id) && /"passed":true.*"fill-page finished"/.test(line)),
    );
    filled.release();
    expect(await ada.untilEnd(id, reassignMs)).toMatchObject({ outcome: "confirmed", epoch: 1 });
    expect(await valet.submits("engineer-801")).toHaveLength(1);
  },
  3 * reassignMs,
);

function workerOf(pid: number): string {
  return ["worker-1", "worker-2"].find((one) => valet.process(one).pid === pid) ?? "";
}
