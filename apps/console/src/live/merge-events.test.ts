import type { ListedTask, TaskEvent } from "@valet/contracts";
import { expect, test } from "vitest";
import { listedTask } from "../board/listed-task.fixture.ts";
import { applyEvents } from "./apply-event.ts";
import { mergeEvents } from "./merge-events.ts";

const at = "2026-11-23T10:00:00.000Z";

type Progress = Extract<TaskEvent, { type: "progress" }>;

function progress(seq: number, pct: number, taskId = listedTask.id): Progress {
  const data = { step: "fill-fields", pct, message: "" } as const;
  return { seq, epoch: 1, taskId, at, type: "progress", data };
}

test("events of a log stand once and in order, however they come", () => {
  const [one, two, three, four] = [1, 2, 3, 4].map((seq) => progress(seq, seq));
  if (one === undefined || two === undefined || three === undefined || four === undefined) return;
  const known = mergeEvents([], [one, two]);
  expect(mergeEvents(known, [])).toBe(known);
  expect(mergeEvents(known, [three, four])).toEqual([one, two, three, four]);
  expect(mergeEvents(known, [two, three])).toEqual([one, two, three]);
  expect(mergeEvents([one, two, four], [three])).toEqual([one, two, three, four]);
});

test("a list follows events, takes each once, and leaves others alone", () => {
  const other: ListedTask = { ...listedTask, id: "4d3c2b1a-0000-4000-8000-000000000009" };
  const tasks = [listedTask, other];
  const events: TaskEvent[] = [
    { ...progress(5, 0), type: "state_change", data: { from: "queued", to: "filling" } },
    progress(6, 40),
    progress(6, 10),
    progress(3, 5),
  ];
  const [changed, same] = applyEvents(tasks, events);
  expect(changed).toMatchObject({ state: "filling", pct: 40, queue: null, lastSeq: 6 });
  expect(same).toBe(other);
  const elsewhere = progress(9, 9, "4d3c2b1a-0000-4000-8000-00000000000a");
  expect(applyEvents(tasks, [elsewhere])).toBe(tasks);
  const failed: TaskEvent = {
    ...progress(7, 0),
    type: "failed",
    data: { code: "NO_PROOF", message: "Nobody knows.", outcome: "unconfirmed" },
  };
  expect(applyEvents(tasks, [failed])[0]).toMatchObject({
    outcome: "unconfirmed",
    message: "Nobody knows.",
    finishedAt: at,
  });
});
