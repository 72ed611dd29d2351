import type { JobApplicationInput } from "@valet/contracts";
import { expect, test } from "vitest";
import type { CheckCaptchaOutput } from "../steps/step-result.ts";
import { checkCaptchaBody } from "./check-captcha-body.ts";
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
function recordingPort(answers: readonly object[], approval = "approved") {
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

const forReview = { sleep: "24h", event: "review_approved", key: "approved" };

function waitOf(
  stepId: string,
  { sleep, event, key }: { sleep: string; event: string; key: string } = forReview,
): unknown {
  const base = { expression: "", orGroupId: expect.any(String) };
  return {
    conditions: [
      { base: { ...base, readableDataKey: "expired" }, sleepFor: sleep },
      {
        base: { ...base, readableDataKey: key },
        eventKey: event,
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

test("the time that a person chose for reviews is what the engine waits", async () => {
  const { port, asked } = recordingPort([]);
  const own = { ...review, reviewSeconds: 300 };
  await submitBody(port, { job, runId: "run", review: own, dispatch: "dispatch" });
  expect(asked[1]).toEqual(waitOf(first, { ...forReview, sleep: "300s" }));
});

test("a review that nobody answers ends after its wait", async () => {
  const { port, asked } = recordingPort([], "expired");
  await submitBody(port, { job, runId: "run", review, dispatch: "dispatch" });
  expect(asked).toEqual(["now", waitOf(first)]);
});

test("a child that failed for what time may mend is spawned anew, any other failure is the step's", async () => {
  const failing = (message: string) => {
    const { port, asked } = recordingPort([]);
    let left = 1;
    const spawnChild: DurablePort["spawnChild"] = async (...child) => {
      const answer = await port.spawnChild(...child);
      left -= 1;
      if (left >= 0) throw new Error(message);
      return answer;
    };
    return { asked, port: { ...port, spawnChild } };
  };
  const input = { job, runId: "run", dispatch: "dispatch", review: { ...review, stepId: null } };
  const away = failing("POSTGRES_UNAVAILABLE: Postgres does not answer.");
  await submitBody(away.port, input);
  expect(away.asked).toEqual([dispatchOf(null, 0), dispatchOf(null, 1)]);
  const stale = failing("STALE_REVIEW: There is no valid approval.");
  await expect(submitBody(stale.port, input)).rejects.toThrow("STALE_REVIEW");
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

const uploaded = { attached: 1, verified: 1, digest: "v1:x", stepId: first, rehearsal: false };
const stopped = {
  stopped: { kind: "captcha", stepId: second, seconds: 600, at: "fill-fields", disagreements: 2 },
} as const;
const checked = { job, runId: "run", continueApplication: "continue-application" };

test("check-captcha asks for nothing where nothing has stopped the application", async () => {
  const { port, asked } = recordingPort([]);
  expect(await checkCaptchaBody(port, { ...checked, came: uploaded })).toEqual(review);
  expect(asked).toEqual([]);
});

test("check-captcha: time, wait, child; and the same again while something stops it", async () => {
  const question = {
    ...stopped.stopped,
    kind: "question",
    stepId: first,
    seconds: 86_400,
  } as const;
  const { port, asked } = recordingPort([{ stopped: question }, uploaded]);
  const came = await checkCaptchaBody(port, { ...checked, came: stopped });
  expect(came).toEqual({ ...review, walls: 2 });
  const child = (stepId: string, round: number): unknown => ({
    child: "continue-application",
    input: { taskId, runId: "run", stepId, at: "fill-fields", disagreements: 2 },
    key: `continue-${round}`,
    sticky: true,
  });
  expect(asked).toEqual([
    "now",
    waitOf(second, { sleep: "600s", event: "captcha_solved", key: "done" }),
    child(second, 0),
    "now",
    waitOf(first, { sleep: "86400s", event: "human_step_done", key: "done" }),
    child(first, 1),
  ]);
});

test("an application that has ended meanwhile goes no further", async () => {
  const { port } = recordingPort([{ ended: true }]);
  expect(await checkCaptchaBody(port, { ...checked, came: stopped })).toEqual({ ended: true });
});
