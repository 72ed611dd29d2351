import type { JobApplicationInput } from "@valet/contracts";
import { expect, test } from "vitest";
import { checkCaptcha } from "../steps/check-captcha.ts";
import type { CheckCaptchaOutput, DispatchOutput } from "../steps/step-result.ts";
import type { DurablePort } from "./durable-port.ts";
import { submitBody } from "./submit-body.ts";

/*
 * What durable steps ask of the engine is in the log of every application that waits for a person
 * right now. The engine compares each request with that log by its kind, its conditions and, for a
 * child, its name and input; another one ends that run. Then the application starts anew: its form
 * is filled again and its person may be asked again. So what stands here is changed only on purpose.
 */

const taskId = "00000000-0000-4000-8000-00000000000a";
const userId = "00000000-0000-4000-8000-00000000000b";
const resumeId = "00000000-0000-4000-8000-00000000000c";
const first = "00000000-0000-4000-8000-000000000001";
const second = "00000000-0000-4000-8000-000000000002";
const review: CheckCaptchaOutput = { walls: 0, digest: "v1:x", stepId: first, rehearsal: false };
const job: JobApplicationInput = {
  taskId,
  userId,
  resumeId,
  jobUrl: "http://example.com/job",
  mode: "copilot",
  platform: "generic",
};

/** Plays the engine: answers from a script and writes down what was asked, as the engine hashes it. */
function recordingPort(answers: readonly DispatchOutput[], approval = "approved") {
  const asked: unknown[] = [];
  let round = 0;
  const port: DurablePort = {
    now: async () => {
      asked.push("now");
      return new Date("2026-01-03T00:00:00Z");
    },
    waitFor: async (conditions) => {
      asked.push(JSON.parse(JSON.stringify(conditions)));
      return { CREATE: { [approval]: [{}] } };
    },
    spawnChild: async (child, input, { key, sticky }) => {
      asked.push({ child, input, key, sticky });
      return answers[round++] ?? { dispatched: true };
    },
  };
  return { port, asked };
}

function waitOf(stepId: string): unknown {
  const base = { expression: "", orGroupId: expect.any(String) };
  return {
    conditions: [
      { base: { ...base, readableDataKey: "expired" }, sleepFor: "24h" },
      {
        base: { ...base, readableDataKey: "approved" },
        eventKey: "review_approved",
        expression: `input.stepId == '${stepId}'`,
        scope: `task:${taskId}:${stepId}`,
        considerEventsSince: "2026-01-01T00:00:00.000Z",
      },
    ],
  };
}

function dispatchOf(stepId: string | null, round: number): unknown {
  const input = { taskId, runId: "run", stepId };
  return { child: "dispatch", input, key: `dispatch-${round}`, sticky: true };
}

test("copilot: time, wait, child; and the same again after a page that differed", async () => {
  const { port, asked } = recordingPort([{ reviewAgain: second }]);
  await submitBody(port, { job, runId: "run", review, dispatch: "dispatch" });
  expect(asked).toEqual([
    "now",
    waitOf(first),
    dispatchOf(first, 0),
    "now",
    waitOf(second),
    dispatchOf(second, 1),
  ]);
});

test("a review that nobody answers ends after its wait", async () => {
  const { port, asked } = recordingPort([], "expired");
  await submitBody(port, { job, runId: "run", review, dispatch: "dispatch" });
  expect(asked).toEqual(["now", waitOf(first)]);
});

test("autopilot and a rehearsal spawn their child and wait for nothing", async () => {
  const autopilot = recordingPort([]);
  const input = { job, runId: "run", dispatch: "dispatch" };
  await submitBody(autopilot.port, { ...input, review: { ...review, stepId: null } });
  expect(autopilot.asked).toEqual([dispatchOf(null, 0)]);
  const rehearsal = recordingPort([]);
  await submitBody(rehearsal.port, {
    ...input,
    review: { ...review, stepId: null, rehearsal: true },
  });
  expect(rehearsal.asked).toEqual([dispatchOf(null, 0)]);
});

test("check-captcha asks for nothing: its body has no way to the engine", () => {
  const output = { attached: 1, verified: 1, digest: "v1:x", stepId: first, rehearsal: false };
  expect(checkCaptcha(output)).toEqual(review);
});
