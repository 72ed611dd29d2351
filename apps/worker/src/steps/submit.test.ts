import { expect, test } from "vitest";
import type { CheckCaptchaOutput, DispatchOutput, Passed, WaitsFor } from "./step-result.ts";
import { type DispatchFailure, submit } from "./submit.ts";

const first = "00000000-0000-4000-8000-000000000001";
const second = "00000000-0000-4000-8000-000000000002";
const review: CheckCaptchaOutput = { walls: 0, digest: "v1:x", stepId: first, rehearsal: false };

/** Plays the engine: answers waits and dispatches in order and writes down what was asked. */
function engine(
  answers: readonly (DispatchOutput | Passed | DispatchFailure)[],
  approval: "approved" | "expired" = "approved",
) {
  const asked: string[] = [];
  return {
    asked,
    waitForApproval: async (stepId: string) => {
      asked.push(`wait ${stepId}`);
      return approval;
    },
    waitForPerson: async ({ stepId, kind }: WaitsFor) => {
      asked.push(`wait for ${kind} ${stepId}`);
    },
    runDispatch: async (stepId: string | null, round: number) => {
      asked.push(`dispatch ${stepId} ${round}`);
      return answers[round] ?? { dispatched: true as const };
    },
  };
}

test("copilot waits for the review and dispatches then", async () => {
  const ports = engine([]);
  expect(await submit({ review, ...ports })).toEqual({ dispatched: true });
  expect(ports.asked).toEqual([`wait ${first}`, `dispatch ${first} 0`]);
});

test("autopilot has no review to wait for", async () => {
  const ports = engine([]);
  await submit({ review: { ...review, stepId: null }, ...ports });
  expect(ports.asked).toEqual(["dispatch null 0"]);
});

test("a review nobody answers dispatches nothing", async () => {
  const ports = engine([], "expired");
  expect(await submit({ review, ...ports })).toEqual({ expired: first });
  expect(ports.asked).toEqual([`wait ${first}`]);
});

test("a rehearsal waits for nobody and goes the way of every application", async () => {
  const rehearsed = { rehearsed: "would_send", carried: 9, differences: 0 } as const;
  const ports = engine([rehearsed]);
  const rehearsal = { ...review, stepId: null, rehearsal: true };
  expect(await submit({ review: rehearsal, ...ports })).toEqual(rehearsed);
  expect(ports.asked).toEqual(["dispatch null 0"]);
});

test("a page that differs from what was approved is waited for again, as a child of its own", async () => {
  const ports = engine([{ reviewAgain: second }]);
  await submit({ review, ...ports });
  expect(ports.asked).toEqual([
    `wait ${first}`,
    `dispatch ${first} 0`,
    `wait ${second}`,
    `dispatch ${second} 1`,
  ]);
});

test("a wall after the click is waited for, and the next try is told which", async () => {
  const wall = { stepId: second, kind: "email_code", seconds: 900 } as const;
  const ports = engine([{ waitsFor: wall }, { reviewAgain: first }]);
  await submit({ review: { ...review, stepId: null }, ...ports });
  expect(ports.asked).toEqual([
    "dispatch null 0",
    `wait for email_code ${second}`,
    `dispatch ${second} 1`,
    `wait ${first}`,
    `dispatch ${first} 2`,
  ]);
});

test("what time may mend is tried again without asking anybody, a few times", async () => {
  const failed = { failed: "POSTGRES_UNAVAILABLE: Postgres does not answer." };
  const ports = engine([failed, failed]);
  expect(await submit({ review, ...ports })).toEqual({ dispatched: true });
  expect(ports.asked).toEqual([
    `wait ${first}`,
    `dispatch ${first} 0`,
    `dispatch ${first} 1`,
    `dispatch ${first} 2`,
  ]);
  const never = engine([failed, failed, failed]);
  await expect(submit({ review, ...never })).rejects.toThrow("POSTGRES_UNAVAILABLE");
});

test("the sequence of waits is pinned: a resumed run must find the same", async () => {
  const once = engine([{ reviewAgain: second }]);
  const again = engine([{ reviewAgain: second }]);
  await submit({ review, ...once });
  await submit({ review, ...again });
  expect(again.asked).toEqual(once.asked);
});

test.each<Passed>([{ superseded: true }, { ended: true }, { sent: true }])(
  "%o is passed on",
  async (passed) => {
    expect(await submit({ review, ...engine([passed]) })).toEqual(passed);
  },
);
