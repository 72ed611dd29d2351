import { expect, test } from "vitest";
import { judgeFailure } from "./judge-failure.ts";
import { maxEpochs } from "./reconcile-rule.ts";

// As the engine (v0.104) words it: the last heartbeat was too old, and no worker took the step.
const gaveUp = ["", "Could not send task to worker. This likely means that too many slots …"];

test.each(gaveUp)("a run whose workers died starts again, but not for ever: '%s'", (error) => {
  expect(judgeFailure({ error, epoch: 1 })).toEqual({ kind: "restart" });
  expect(judgeFailure({ error, epoch: maxEpochs })).toEqual({ kind: "end", reason: "STEP_FAILED" });
});

test("where what Valet stands on was gone for too long, the application starts again, but not for ever", () => {
  const error = "SESSION_LOST: words.";
  expect(judgeFailure({ error, epoch: 1 })).toEqual({ kind: "restart" });
  expect(judgeFailure({ error, epoch: maxEpochs })).toEqual({
    kind: "end",
    reason: "SESSION_LOST",
  });
  const away = { error: "POSTGRES_UNAVAILABLE: words.", epoch: 1 };
  expect(judgeFailure(away)).toEqual({ kind: "restart" });
});

test("a step that says why it failed ends the application with its reason", () => {
  for (const reason of ["PAGE_UNREACHABLE", "FIELD_NOT_WRITABLE"]) {
    expect(judgeFailure({ error: `${reason}: words.`, epoch: 1 })).toEqual({ kind: "end", reason });
  }
  expect(judgeFailure({ error: "INTERNAL: words.", epoch: 1 })).toEqual({
    kind: "end",
    reason: "STEP_FAILED",
  });
});
