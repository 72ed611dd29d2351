import type { ListedTask } from "@valet/contracts";
import { expect, test } from "vitest";
import { arrangeRows, holdOrder, rowKey } from "./arrange-rows.ts";
import { listedTask } from "./listed-task.fixture.ts";

const task = (id: string, rest: Partial<ListedTask> = {}): ListedTask => ({
  ...listedTask,
  id,
  ...rest,
});
const hour = (n: number) => `2026-11-23T${String(n).padStart(2, "0")}:00:00.000Z`;

const running = task("running", { state: "filling", queue: null });
const done = task("done", { state: "completed", outcome: "confirmed", finishedAt: hour(8) });
const review = task("review", { state: "awaiting_review", updatedAt: hour(9) });
const captcha = task("captcha", { state: "awaiting_human", updatedAt: hour(7) });
const unknown = task("unknown", {
  state: "failed",
  outcome: "unconfirmed",
  updatedAt: hour(1),
  finishedAt: hour(1),
});

test("what needs the person comes first, the longest wait before the others, what has ended last", () => {
  const rows = arrangeRows({
    asking: [review, captcha, unknown],
    listed: [running, review, done],
  });
  expect(rows.map(rowKey)).toEqual([
    "needs-you",
    "captcha",
    "review",
    "unknown",
    "others",
    "running",
    "done",
  ]);
  expect(rows[0]).toMatchObject({ count: 3 });
  expect(arrangeRows({ asking: [], listed: [] })).toEqual([]);
});

test("of one that is known twice the newer is shown, once", () => {
  const goesOn = { ...review, state: "submitting" as const, lastSeq: review.lastSeq + 1 };
  const rows = arrangeRows({ asking: [review], listed: [goesOn] });
  expect(rows).toEqual([
    { kind: "heading", group: "others", count: null },
    { kind: "task", task: goesOn },
  ]);
});

test("rows stay where they are while somebody points at them, and say what is so now", () => {
  const shown = arrangeRows({ asking: [], listed: [running, done] }).map(rowKey);
  const moved = { ...running, state: "awaiting_review" as const, lastSeq: 9 };
  const rows = arrangeRows({ asking: [], listed: [task("new"), moved, done] });
  const held = holdOrder(shown, rows);
  expect(held.isBehind).toBe(true);
  expect(held.rows.map(rowKey)).toEqual(["others", "running", "done"]);
  expect(held.rows[1]).toMatchObject({ task: { state: "awaiting_review" } });
  expect(holdOrder(rows.map(rowKey), rows)).toEqual({ rows, isBehind: false });
});
