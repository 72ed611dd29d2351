import { expect, test } from "vitest";
import { judgeFailure } from "./judge-failure.ts";
import { maxEpochs } from "./reconcile-rule.ts";

// As the engine (v0.104) words it: the last heartbeat was too old, and no worker took the step.
const gaveUp = ["", "Could not send task to worker. This likely means that too many slots …"];

test.each(gaveUp)("a run whose workers died starts again, but not for ever: '%s'", (error) => {
  expect(judgeFailure({ error, epoch: 1 })).toEqual({ kind: "restart" });
  expect(judgeFailure({ error, epoch: maxEpochs })).toEqual({ kind: "end", reason: "STEP_FAILED" });
});

test("a step that says why it failed ends the application with its reason", () => {
  for (const reason of ["SESSION_LOST", "PAGE_UNREACHABLE", "FIELD_NOT_WRITABLE"]) {
    expect(judgeFailure({ error: `${reason}: words.`, epoch: 1 })).toEqual({ kind: "end", reason });
  }
  expect(judgeFailure({ error: "INTERNAL: words.", epoch: 1 })).toEqual({
    kind: "end",
    reason: "STEP_FAILED",
  });
});
