import type { TaskEvent } from "@valet/contracts";
import pc from "picocolors";
import { expect, test } from "vitest";
import { stepListLines } from "./step-list.ts";
import { type TaskView, emptyTaskView, withEvent } from "@valet/client";

const startedAt = Date.parse("2026-11-21T10:00:00.000Z");
const taskId = "4d3c2b1a-0000-4000-8000-000000000000";
const stepId = "4d3c2b1a-0000-4000-8000-000000000001";

type Described = {
  [T in TaskEvent["type"]]: Pick<Extract<TaskEvent, { type: T }>, "type" | "data">;
}[TaskEvent["type"]];

/** A log as it would be: each entry so many milliseconds after the start. */
function logOf(entries: readonly (readonly [number, Described, number?])[]): TaskEvent[] {
  return entries.map(([afterMs, described, epoch = 1], index) => ({
    seq: index + 1,
    epoch,
    taskId,
    at: new Date(startedAt + afterMs).toISOString(),
    ...described,
  }));
}

const progress = (
  step: "start-browser" | "analyze-form" | "fill-fields" | "submit" | "verify",
  pct: number,
  message: string,
): Described => ({
  type: "progress",
  data: { step, pct, message },
});

const viewOf = (events: readonly TaskEvent[]): TaskView => events.reduce(withEvent, emptyTaskView);

function linesOf(events: readonly TaskEvent[], nowMs: number, width = 80): string[] {
  const view = viewOf(events);
  return stepListLines({ view, now: startedAt + nowMs, width, colors: pc.createColors(false) });
}

const filling = logOf([
  [0, { type: "state_change", data: { from: "created", to: "queued" } }],
  [10, { type: "state_change", data: { from: "queued", to: "provisioning" } }],
  [20, progress("start-browser", 3, "Opening a browser")],
  [832, progress("start-browser", 8, "Browser open, going to the job")],
  [860, progress("analyze-form", 10, "Reading the form")],
  [1272, progress("analyze-form", 18, "Form understood")],
  [1300, progress("fill-fields", 20, "Filling in your answers")],
  [1900, progress("fill-fields", 42, "10 of 13 fields on page 1")],
]);

test("before the first event all seven steps wait", () => {
  expect(linesOf([], 0)).toMatchInlineSnapshot(`
    [
      "  · start-browser",
      "  · analyze-form",
      "  · fill-fields",
      "  · upload-resume",
      "  · check-captcha",
      "  · submit",
      "  · verify",
      "  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %",
    ]
  `);
});

test("finished steps keep their time, the running one counts on", () => {
  expect(linesOf(filling, 2500)).toMatchInlineSnapshot(`
    [
      "  ✓ start-browser     812 ms  Browser open, going to the job",
      "  ✓ analyze-form      412 ms  Form understood",
      "  ⠴ fill-fields        1.2 s  10 of 13 fields on page 1",
      "  · upload-resume",
      "  · check-captcha",
      "  · submit",
      "  · verify",
      "  █████████████░░░░░░░░░░░░░░░░░  42 %",
    ]
  `);
  expect(linesOf(filling, 2600)[2]).toContain("1.3 s");
});

test("a review shows where it waits and for whom", () => {
  const events = [
    ...filling,
    ...logOf([
      [3000, progress("submit", 76, "Ready to send")],
      [
        3100,
        {
          type: "human_needed",
          data: {
            stepId,
            kind: "review",
            reason: "Look at it",
            url: "http://127.0.0.1/",
            expiresAt: "2026-11-22T10:00:00.000Z",
          },
        },
      ],
    ]),
  ];
  expect(linesOf(events, 9000).slice(5)).toMatchInlineSnapshot(`
    [
      "  ? submit             6.0 s  waits for your review",
      "  · verify",
      "  ███████████████████████░░░░░░░  76 %",
    ]
  `);
});

test("an end leaves no step running and shows the whole as done", () => {
  const events = [
    ...filling,
    ...logOf([
      [4000, progress("verify", 92, "Looking for proof")],
      [5000, { type: "completed", data: { outcome: "confirmed" } }],
    ]),
  ];
  expect(linesOf(events, 99_000).slice(6)).toMatchInlineSnapshot(`
    [
      "  ✓ verify             1.0 s  Looking for proof",
      "  ██████████████████████████████ 100 %",
    ]
  `);
});

test("the step that failed is marked", () => {
  const failed = logOf([
    [
      2000,
      {
        type: "failed",
        data: {
          code: "QUESTION_UNANSWERED",
          message: "Two questions have no answer.",
          outcome: "not_submitted",
          step: "fill-fields",
        },
      },
    ],
  ]);
  expect(linesOf([...filling, ...failed], 2500)[2]).toMatch(/^ {2}✗ fill-fields/);
});

test("a restarted application does its steps again", () => {
  const restarted = logOf([[5000, progress("start-browser", 42, "Opening a browser"), 2]]);
  const view = viewOf([...filling, ...restarted]);
  expect(view.steps.map(({ state }) => state)).toEqual([
    "running",
    ...Array.from({ length: 6 }, () => "waiting"),
  ]);
});

test("no line is wider than the terminal, and a page cannot write to it", () => {
  const hostile = logOf([
    [1300, progress("fill-fields", 20, `\u001B[2J${"very long ".repeat(30)}`)],
  ]);
  const lines = linesOf([...filling, ...hostile], 2000, 60);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.join("")).not.toContain("\u001B");
});
