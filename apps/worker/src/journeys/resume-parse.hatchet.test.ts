import { type ValetClient, createValetClient } from "@valet/client";
import type { TaskEvent } from "@valet/contracts";
import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  everyCaseOr,
  isSweep,
  resumePdf,
  startValet,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

let points: HoldPoints;
let valet: TestValet;
let client: ValetClient;
const workers = everyCaseOr(["worker-1", "worker-2"], ["worker"]);

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({
    workers: workers.length,
    env: { VALET_TEST_CHECKPOINT_URL: points.url },
  });
  client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

const readable = resumePdf();
/** After so long the engine gives a lost worker's step to another. */
const takenOverMs = 110_000;

const scanned = resumePdf({ lines: [] });

/** Uploads a résumé and applies with it while a worker is held at this point of its parse. */
async function applyWhileHeld(point: string, body: Buffer<ArrayBuffer>, job: string) {
  const holding = points.hold(point);
  const resume = await client.uploadResume({ fileName: "cv.pdf", body });
  const held = await holding;
  const task = await client.createTask({
    jobUrl: `${valet.practiceUrl}/plain/jobs/${job}`,
    resumeId: resume.id,
    mode: "copilot",
  });
  return { resumeId: resume.id, held, task };
}

const untilState = (taskId: string, state: string) =>
  until(`the application is ${state}`, async () => {
    const task = await client.getTask(taskId);
    return task.state === state && task;
  });

test("an application waits for its résumé and goes on when that was read; one log says all of it", async () => {
  const { resumeId, held, task } = await applyWhileHeld("save-results:start", readable, "eng-901");
  const waiting = await client.getTask(task.id);
  held.release();
  const seen: TaskEvent[] = [];
  for await (const { event } of client.followAll({})) {
    seen.push(event);
    if (event.type === "state_change" && event.data.to === "provisioning") break;
  }
  await client.cancelTask(task.id);

  expect([task.state, waiting.state]).toEqual(["created", "created"]);
  const told = seen.flatMap((event) =>
    event.type === "resume_state" ? [[event.taskId, event.data.state]] : [],
  );
  expect(told).toEqual([
    [undefined, "parsing"],
    [task.id, "parsing"],
    [undefined, "ready"],
    [task.id, "ready"],
  ]);
  const { parsed, changes } = await client.getResume(resumeId);
  expect(parsed?.sources["/basics/name"]).toMatchObject({ page: 1, text: "Ada Canaria" });
  expect(changes.map(({ pointer }) => pointer)).toContain("/work/0");
});

test("one that cannot be read ends the application that waited for it, and starts no other", async () => {
  const { resumeId, held, task } = await applyWhileHeld("extract-text:start", scanned, "eng-902");
  held.release();
  const ended = await untilState(task.id, "failed");

  expect(ended).toMatchObject({ outcome: "not_submitted", reason: "RESUME_NOT_READY" });
  expect(ended.message).toContain("as scans do");
  await expect(
    client.createTask({ jobUrl: task.jobUrl, resumeId, mode: "copilot" }),
  ).rejects.toMatchObject({ code: "RESUME_NOT_READY", details: { reason: "no_text" } });
});

// That another worker takes over is the engine's, after its own pause; what it would find is tried above.
test.runIf(isSweep)(
  "a worker killed in the middle of a parse loses nothing",
  async () => {
    const { resumeId, held, task } = await applyWhileHeld(
      "save-results:start",
      readable,
      "eng-903",
    );
    const killed = workers.find((name) => valet.process(name).pid === held.pid) ?? "";
    await valet.kill(killed);
    const isReady = async () => (await client.getResume(resumeId)).state === "ready";
    await until("the résumé is ready", isReady, takenOverMs);
    const goesOn = async () => (await client.getTask(task.id)).state !== "created";
    await until("the application goes on", goesOn);
    await client.cancelTask(task.id);

    expect((await client.getResume(resumeId)).parsed?.resume.basics.name).toBe("Ada Canaria");
  },
  180_000,
);
