import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { type StepName, stepNames } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  everyCaseOr,
  isSweep,
  startValet,
  testEngineEnv,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;
let hatchet: HatchetClient;

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({ env: { VALET_TEST_CHECKPOINT_URL: points.url } });
  ada = await createApplicant(valet);
  const engine = testEngineEnv();
  hatchet = HatchetClient.init({
    token: engine["HATCHET_CLIENT_TOKEN"] ?? "",
    host_port: engine["HATCHET_CLIENT_HOST_PORT"] ?? "",
    api_url: engine["HATCHET_CLIENT_API_URL"] ?? "",
    tls_config: { tls_strategy: "none" },
    log_level: "OFF",
  });
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

async function liveBrowsers(taskId: string): Promise<number> {
  const response = await fetch(`${valet.sessionHost.url}/sessions`, {
    headers: { authorization: `Bearer ${valet.sessionHost.token}` },
  });
  // Only the members this test looks at.
  const { sessions } = (await response.json()) as { sessions: { taskId: string; state: string }[] };
  return sessions.filter((session) => session.taskId === taskId && session.state === "live").length;
}

// Before there is a browser, with one, after the click.
const steps = everyCaseOr<readonly StepName[]>(stepNames, [
  "start-browser",
  "fill-fields",
  "verify",
]);

test.each(steps)(
  "a run cancelled on the engine in %s comes to a typed end and gives its browser back",
  async (step) => {
    const job = `engineer-${200 + stepNames.indexOf(step)}`;
    const holding = points.hold(`${step}:start`);
    const { id } = await ada.apply(`plain/jobs/${job}`);
    const held = await holding;
    const runId = await until(
      "the run is known",
      async () => (await ada.client.getRun(id)).runId ?? runOf(id),
    );
    await hatchet.runs.cancel({ ids: [runId] });
    await until("the engine has cancelled the run", async () => {
      const status = await hatchet.runs.get_status(runId).catch(() => undefined);
      return String(status) === "CANCELLED";
    });
    held.release();
    const task = await ada.untilEnd(id);
    const sent = (await valet.submits(job)).length;
    // After the click the outcome is still determined; before it nothing was sent.
    const expected =
      step === "verify" ? { outcome: "confirmed", sent: 1 } : { outcome: "not_submitted", sent: 0 };
    expect({ outcome: task.outcome, sent }).toEqual(expected);
    await until("the browser is given back", async () => (await liveBrowsers(id)) === 0);
  },
);

/** A step that hears of the cancel first may still report that it failed. */
async function untilOver(runId: string): Promise<void> {
  const over = new Set<string>(["COMPLETED", "CANCELLED", "FAILED"]);
  await until("the run is over", async () =>
    over.has(await hatchet.runs.get_status(runId).catch(() => "UNKNOWN")),
  );
}

/** The application's run, as soon as it waits for the review. */
function untilItWaits(taskId: string): Promise<string> {
  return until("the run waits for the person", async () => {
    const { nodes, runId } = await ada.client.getRun(taskId);
    return (
      nodes.some(({ name, state }) => name === "submit" && state === "waiting") &&
      (runId ?? undefined)
    );
  });
}

test("what a run has started is cancelled with it, also when the dashboard says so", async () => {
  const holding = points.hold("fill-page:start");
  const { id } = await ada.apply("plain/jobs/engineer-230");
  const held = await holding;
  const runId = await until("the engine shows the child", async () => {
    const run = await ada.client.getRun(id);
    return run.nodes.some(({ name }) => name === "fill-page") && (run.runId ?? undefined);
  });
  await hatchet.runs.cancel({ ids: [runId] });
  expect(await ada.untilEnd(id)).toMatchObject({ reason: "RUN_CANCELLED" });
  await until("the child is cancelled too", async () =>
    (await ada.client.getRun(id)).nodes.some(
      ({ name, state }) => name === "fill-page" && state === "cancelled",
    ),
  );
  held.release();
  await until("the browser is given back", async () => (await liveBrowsers(id)) === 0);
  expect(await valet.submits("engineer-230")).toHaveLength(0);
});

test.runIf(isSweep)(
  "a run replayed on the engine while it waits for its person goes on waiting, and sends once",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-231", { mode: "copilot" });
    await hatchet.runs.replay({ ids: [await untilItWaits(id)] });
    await ada.approve(id);
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
    expect(await valet.submits("engineer-231")).toHaveLength(1);
  },
);

test.runIf(isSweep)(
  "a run cancelled and at once replayed on the engine ends unsent or goes on to its one submission",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-234", { mode: "copilot" });
    const runId = await untilItWaits(id);
    const before = await ada.events(id);
    await hatchet.runs.cancel({ ids: [runId] });
    await untilOver(runId);
    await hatchet.runs.replay({ ids: [runId] });
    const task = await until("it has ended or shows a review again", async () => {
      const now = await ada.client.getTask(id);
      const isShown = now.state === "awaiting_review" && now.lastSeq > before.length;
      return (isEnded(now.state) || isShown) && now;
    });
    const goesOn = !isEnded(task.state);
    if (goesOn) await ada.approve(id);
    const { outcome, reason } = await ada.untilEnd(id);
    const sent = (await valet.submits("engineer-234")).length;
    expect([
      "confirmed/null, 1 sent",
      "not_submitted/RUN_CANCELLED, 0 sent",
      "not_submitted/STEP_FAILED, 0 sent",
    ]).toContain(`${outcome}/${reason}, ${sent} sent`);
  },
);

test.runIf(isSweep)("a run replayed on the engine after its end touches nothing", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-232");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  const runId = (await ada.client.getRun(id)).runId ?? "";
  await untilOver(runId);
  const before = await ada.events(id);
  await hatchet.runs.replay({ ids: [runId] });
  await until("it has gone through once more", async () =>
    (await ada.client.getRun(id)).nodes.some(
      ({ name, attempt, finishedAt }) => name === "verify" && attempt === 1 && finishedAt !== null,
    ),
  );
  expect(await ada.events(id)).toEqual(before);
  expect(await liveBrowsers(id)).toBe(0);
  expect(await valet.submits("engineer-232")).toHaveLength(1);
});

test("a run cancelled and replayed on the engine after the click only looks for the outcome", async () => {
  const holding = points.hold("verify:start");
  const { id } = await ada.apply("plain/jobs/engineer-233");
  const held = await holding;
  const runId = (await ada.client.getRun(id)).runId ?? "";
  await hatchet.runs.cancel({ ids: [runId] });
  await untilOver(runId);
  await hatchet.runs.replay({ ids: [runId] });
  held.release();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-233")).toHaveLength(1);
});

async function runOf(taskId: string): Promise<string | undefined> {
  const { rows } = await hatchet.runs.list({ additionalMetadata: { taskId } });
  return rows[0]?.metadata.id;
}
