import { expect, test } from "vitest";
import {
  type ReconcileFacts,
  clickSilenceLimitMs,
  maxEpochs,
  reconcile,
  silenceLimitMs,
  unknownGraceMs,
  wakeLimitMs,
} from "./reconcile-rule.ts";

const live: ReconcileFacts = {
  taskState: "filling",
  intentState: null,
  engineRun: "running",
  hasBegun: true,
  diedAtWork: false,
  isPersonAsked: false,
  epoch: 1,
  silentForMs: 20_000,
};

test("a run that works, waits in the queue or cannot be asked about is left alone", () => {
  for (const engineRun of ["running", "queued", "unreachable"] as const) {
    expect(reconcile({ ...live, engineRun })).toEqual({ kind: "leave" });
  }
});

test("a run cancelled on the engine ends its task", () => {
  expect(reconcile({ ...live, engineRun: "cancelled" })).toEqual({
    kind: "end",
    reason: "RUN_CANCELLED",
  });
});

test("a run that timed out in the queue before anybody claimed it starts again, but not for ever", () => {
  const waiting = {
    ...live,
    taskState: "queued",
    hasBegun: false,
    engineRun: "cancelled",
  } as const;
  expect(reconcile(waiting)).toEqual({ kind: "restart" });
  expect(reconcile({ ...waiting, epoch: maxEpochs })).toEqual({
    kind: "end",
    reason: "RUN_CANCELLED",
  });
});

test("a run the engine does not know is lost only after the grace time", () => {
  const unknown = { ...live, engineRun: "unknown" } as const;
  expect(reconcile({ ...unknown, silentForMs: unknownGraceMs - 1 })).toEqual({ kind: "leave" });
  expect(reconcile({ ...unknown, silentForMs: unknownGraceMs })).toEqual({ kind: "restart" });
});

test("a run that failed ends its task, or starts it again when its workers died under it", () => {
  const failed = { ...live, engineRun: "failed" } as const;
  expect(reconcile({ ...failed, silentForMs: 1_000 })).toEqual({ kind: "leave" });
  expect(reconcile(failed)).toEqual({ kind: "end", reason: "STEP_FAILED" });
  const died = { ...failed, diedAtWork: true };
  expect(reconcile(died)).toEqual({ kind: "restart" });
  expect(reconcile({ ...died, epoch: maxEpochs })).toEqual({ kind: "end", reason: "STEP_FAILED" });
});

test("after dispatch a lost run is started again only to look for the outcome", () => {
  const sent = {
    ...live,
    taskState: "submitting",
    intentState: "dispatched",
    engineRun: "cancelled",
  } as const;
  expect(reconcile(sent)).toEqual({ kind: "restart" });
  expect(reconcile({ ...sent, epoch: maxEpochs })).toEqual({ kind: "end", reason: "NO_PROOF" });
});

test("a run that has gone silent starts again, but not for ever, and never while a person is asked", () => {
  const silent = { ...live, silentForMs: silenceLimitMs + 1 };
  expect(reconcile({ ...silent, silentForMs: silenceLimitMs })).toEqual({ kind: "leave" });
  expect(reconcile(silent)).toEqual({ kind: "restart" });
  const last = { ...silent, epoch: maxEpochs };
  expect(reconcile(last)).toEqual({ kind: "end", reason: "RUN_TIMED_OUT" });
  const asked = { ...silent, taskState: "awaiting_review", isPersonAsked: true } as const;
  expect(reconcile(asked)).toEqual({ kind: "leave" });
});

test("a run that nobody woke after the person had answered starts again", () => {
  for (const taskState of ["awaiting_review", "awaiting_human"] as const) {
    const answered = { ...live, taskState };
    expect(reconcile({ ...answered, silentForMs: wakeLimitMs })).toEqual({ kind: "leave" });
    expect(reconcile({ ...answered, silentForMs: wakeLimitMs + 1 })).toEqual({ kind: "restart" });
  }
});

// On autopilot nobody is waited for between the upload and the click: an engine that dies while the one spawns the
// other leaves the application there.
test.each([
  { taskState: "submitting", intentState: "dispatched" },
  { taskState: "uploading", intentState: "approved" },
] as const)("a click that nobody has heard of for long is looked into ($taskState)", (at) => {
  const clicked = { ...live, ...at };
  expect(reconcile({ ...clicked, silentForMs: clickSilenceLimitMs })).toEqual({ kind: "leave" });
  expect(reconcile({ ...clicked, silentForMs: clickSilenceLimitMs + 1 })).toEqual({
    kind: "restart",
  });
});
