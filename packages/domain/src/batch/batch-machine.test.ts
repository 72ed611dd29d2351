import { BatchState } from "@valet/contracts";
import { expect, test } from "vitest";
import { type BatchEvent, nextBatchState } from "./batch-machine.ts";

const events: Readonly<Record<string, BatchEvent>> = {
  "collected, all answered": { type: "collected", unanswered: 0 },
  "collected, some open": { type: "collected", unanswered: 2 },
  "answered, none open": { type: "answered", unanswered: 0 },
  "answered, one open": { type: "answered", unanswered: 1 },
  start: { type: "start" },
  ended: { type: "ended" },
  cancelled: { type: "cancelled" },
};

test("a batch collects, asks where something is open, runs and ends; what is over stays over", () => {
  const table = Object.entries(events).map(([name, event]) => [
    name,
    ...BatchState.options.map((state) => nextBatchState(state, event) ?? "-"),
  ]);
  expect(table).toEqual([
    // From:                    collecting,  asking,      running,     done, cancelled
    ["collected, all answered", "running", "-", "-", "-", "-"],
    ["collected, some open", "asking", "-", "-", "-", "-"],
    ["answered, none open", "-", "running", "-", "-", "-"],
    ["answered, one open", "-", "asking", "-", "-", "-"],
    ["start", "running", "running", "-", "-", "-"],
    ["ended", "-", "-", "done", "-", "-"],
    ["cancelled", "cancelled", "cancelled", "cancelled", "-", "-"],
  ]);
});
