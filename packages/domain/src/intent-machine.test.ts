import { IntentState } from "@valet/contracts";
import { expect, test } from "vitest";
import { type IntentEvent, effectsOf, mayHaveBeenSent, nextIntentState } from "./intent-machine.ts";

const events: readonly IntentEvent[] = [
  "approve",
  "page_changed",
  "arm",
  "dispatch",
  "confirm",
  "reject",
  "lose_track",
  "abort",
];

test("dispatch is reached from armed only, and armed from approved only", () => {
  const leadTo = (target: IntentState) =>
    IntentState.options.flatMap((state) =>
      events.filter((event) => nextIntentState(state, event) === target).map(() => state),
    );
  expect(leadTo("dispatched")).toEqual(["armed"]);
  expect(leadTo("armed")).toEqual(["approved"]);
});

test("nothing leads back from a state in which something may have been sent", () => {
  const reachable = IntentState.options
    .filter(mayHaveBeenSent)
    .flatMap((state) => events.map((event) => nextIntentState(state, event)))
    .filter((next) => next !== undefined);
  expect(reachable.every(mayHaveBeenSent)).toBe(true);
});

test("aborting is possible exactly while nothing was sent", () => {
  const abortable = IntentState.options.filter(
    (state) => nextIntentState(state, "abort") === "aborted",
  );
  expect(abortable).toEqual(["prepared", "approved", "armed"]);
});

test("a changed page takes the approval away", () => {
  expect(nextIntentState("approved", "page_changed")).toBe("prepared");
  expect(nextIntentState("armed", "page_changed")).toBeUndefined();
});

test("what cannot be told is called unconfirmed", () => {
  expect(effectsOf({ kind: "unknown" })).toEqual({
    event: "lose_track",
    outcome: "unconfirmed",
    reason: "NO_PROOF",
  });
});
