import { expect, test } from "vitest";
import { stepMark } from "./step-mark.ts";

test("a step that has told of its end is done, though the engine has not noted it yet", () => {
  const isAsked = false;
  expect(stepMark({ node: { state: "running" }, told: { state: "done" }, isAsked })).toBe("done");
  expect(stepMark({ node: { state: "running" }, told: undefined, isAsked })).toBe("running");
});

test("a step whose work was done after a question is done, and one that had none is skipped", () => {
  const node = { state: "skipped" } as const;
  expect(stepMark({ node, told: { state: "done" }, isAsked: false })).toBe("done");
  expect(stepMark({ node, told: { state: "running" }, isAsked: false })).toBe("running");
  expect(stepMark({ node, told: undefined, isAsked: false })).toBe("skipped");
});

test("a step that waits for its person asks, and one that was cancelled or has failed does not", () => {
  const told = { state: "running" } as const;
  expect(stepMark({ node: { state: "waiting" }, told, isAsked: false })).toBe("asks");
  expect(stepMark({ node: { state: "running" }, told, isAsked: true })).toBe("asks");
  expect(stepMark({ node: { state: "cancelled" }, told, isAsked: true })).toBe("skipped");
  expect(stepMark({ node: { state: "failed" }, told, isAsked: true })).toBe("failed");
});

test("before the engine has a step, what was told of it counts", () => {
  expect(stepMark({ node: undefined, told: { state: "running" }, isAsked: false })).toBe("running");
  expect(stepMark({ node: { state: "queued" }, told: undefined, isAsked: false })).toBe("waiting");
});
