import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { type StepName, stepNames } from "@valet/contracts";
import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  everyCaseOr,
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

async function runOf(taskId: string): Promise<string | undefined> {
  const { rows } = await hatchet.runs.list({ additionalMetadata: { taskId } });
  return rows[0]?.metadata.id;
}
