import type { TaskDetail } from "@valet/contracts";
import { expect, test } from "vitest";
import { createOutput } from "../output.ts";
import { emptyTaskView } from "@valet/client";
import { reportFollowed } from "./report-followed.ts";
import { taskDetail as ended } from "./task-detail.fixture.ts";

const at = ended.createdAt;

function report(kind: "ended" | "waits", task: TaskDetail) {
  let stdout = "";
  const stream = { write: (text: string) => void (stdout += text) };
  const output = createOutput({ stdout: stream, stderr: stream, json: false, noColor: true });
  const { exitCode } = reportFollowed(output, { kind, task, view: emptyTaskView });
  return { exitCode, stdout };
}

test("a confirmed application exits 0 and names its reference", () => {
  expect(report("ended", ended)).toEqual({
    exitCode: 0,
    stdout: "confirmed, reference NW-1\nThe site confirmed that your application arrived.\n",
  });
});

test("what a model cost is said, and nothing where none was asked", () => {
  const spend = { calls: 2, inputTokens: 1_900, outputTokens: 120, usd: 0.0025 };

  expect(report("ended", { ...ended, spend }).stdout).toContain(
    "Questions to a model: 2, about $0.0025 (1900 tokens in, 120 out).",
  );
});

test("an application that waits says why, what to do and until when, and the exit code is 3", () => {
  const humanStep: TaskDetail["humanStep"] = {
    id: "4d3c2b1a-0000-4000-8000-000000000009",
    kind: "question",
    reason: "The form asks something.",
    expiresAt: at,
    questions: [
      { fieldId: "f7", question: "Favourite\u001B[2J colour?", options: ["Red", "Blue"] },
    ],
  };
  const waits = { ...ended, state: "awaiting_human", outcome: null, finishedAt: null } as const;
  const { exitCode, stdout } = report("waits", { ...waits, humanStep });
  expect(exitCode).toBe(3);
  expect(stdout.split("\n").slice(0, 4)).toEqual([
    `waits for you: question: ${ended.id}`,
    "The form asks something.",
    "  f7: Favourite[2J colour? (Red / Blue)",
    `Answer: valet done ${ended.id} --answer ID=VALUE`,
  ]);
  expect(stdout).toContain("nothing is sent");
});

test("unanswered questions are listed with their options and the exit code is 1", () => {
  const questions = [
    { fieldId: "f7", question: "Favourite\u001B[2J colour?", options: ["Red", "Blue"] },
    { fieldId: "f8", question: "Why?", options: [] },
  ];
  const task: TaskDetail = {
    ...ended,
    state: "failed",
    outcome: "not_submitted",
    reason: "QUESTION_UNANSWERED",
    message: "Two questions have no answer.",
    confirmation: null,
    questions,
  };
  expect(report("ended", task)).toEqual({
    exitCode: 1,
    stdout: [
      "not_submitted/QUESTION_UNANSWERED",
      "Two questions have no answer.",
      "  - Favourite[2J colour? (Red / Blue)",
      "  - Why?\n",
    ].join("\n"),
  });
});

test("a rehearsal that did its work exits 0, an unconfirmed or cancelled application 1", () => {
  const rehearsed = { ...ended, outcome: "not_submitted", reason: "REHEARSAL" } as const;
  expect(report("ended", rehearsed).exitCode).toBe(0);
  expect(report("ended", { ...ended, state: "failed", outcome: "unconfirmed" }).exitCode).toBe(1);
  expect(report("ended", { ...ended, state: "cancelled" }).exitCode).toBe(1);
});

test("a review exits 3 and says how to decide", () => {
  const humanStep = { id: ended.resumeId, kind: "review", reason: "Look", expiresAt: at } as const;
  const { exitCode, stdout } = report("waits", { ...ended, state: "awaiting_review", humanStep });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`valet approve ${ended.id}`);
});
