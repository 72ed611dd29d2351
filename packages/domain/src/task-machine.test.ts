import { TaskState } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { endStateOf, isEnded, nextTaskState, pctOnEntering } from "./task-machine.ts";

describe("nextTaskState", () => {
  test("a task that has ended never changes again", () => {
    for (const state of ["completed", "failed", "cancelled"] as const) {
      expect(nextTaskState(state, { type: "entered", state: "filling" })).toBeUndefined();
      expect(nextTaskState(state, { type: "restarted", mayHaveBeenSent: false })).toBeUndefined();
      expect(
        nextTaskState(state, { type: "ended", outcome: "confirmed", reason: null }),
      ).toBeUndefined();
    }
  });

  test("work goes forward only", () => {
    expect(nextTaskState("queued", { type: "entered", state: "provisioning" })).toBe(
      "provisioning",
    );
    expect(nextTaskState("filling", { type: "entered", state: "filling" })).toBe("filling");
    expect(nextTaskState("uploading", { type: "entered", state: "filling" })).toBeUndefined();
    expect(nextTaskState("created", { type: "entered", state: "provisioning" })).toBeUndefined();
  });

  test("a page that changed after its approval leads back to a review", () => {
    expect(nextTaskState("submitting", { type: "entered", state: "awaiting_review" })).toBe(
      "awaiting_review",
    );
    expect(
      nextTaskState("verifying", { type: "entered", state: "awaiting_review" }),
    ).toBeUndefined();
  });

  test("a restart does the work again only while nothing may have been sent", () => {
    expect(nextTaskState("filling", { type: "restarted", mayHaveBeenSent: false })).toBe("queued");
    expect(nextTaskState("submitting", { type: "restarted", mayHaveBeenSent: true })).toBe(
      "verifying",
    );
  });
});

test("a person's word changes the end of a failed application, and of no other", () => {
  const resolved = { type: "resolved", reason: "STATED_BY_PERSON" } as const;
  expect(nextTaskState("failed", { ...resolved, outcome: "confirmed" })).toBe("completed");
  expect(nextTaskState("failed", { ...resolved, outcome: "not_submitted" })).toBe("failed");
  for (const state of TaskState.options.filter((one) => one !== "failed"))
    expect(nextTaskState(state, { ...resolved, outcome: "confirmed" })).toBeUndefined();
});

test("every outcome has exactly one end", () => {
  expect(endStateOf("confirmed", null)).toBe("completed");
  expect(endStateOf("already_applied", "ALREADY_APPLIED")).toBe("completed");
  expect(endStateOf("not_submitted", "REHEARSAL")).toBe("completed");
  expect(endStateOf("not_submitted", "CANCELLED")).toBe("cancelled");
  expect(endStateOf("not_submitted", "QUESTION_UNANSWERED")).toBe("failed");
  expect(endStateOf("rejected", "SITE_REJECTED")).toBe("failed");
  expect(endStateOf("unconfirmed", "NO_PROOF")).toBe("failed");
});

test("the shown share grows with the states and reaches 100 only at the end", () => {
  const working = TaskState.options.filter((state) => !isEnded(state));
  const shares = working.map((state) => pctOnEntering[state]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(Math.max(...shares)).toBeLessThan(100);
});
