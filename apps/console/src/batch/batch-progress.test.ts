import type { Batch } from "@valet/contracts";
import { expect, test } from "vitest";
import { batchProgress } from "./batch-progress.ts";

test("a batch's progress counts what has ended, what came to nothing, and what needs the person", () => {
  const counts: Batch["counts"] = {
    jobs: 10,
    byState: { started: 7, duplicate: 1, refused: 1, accepted: 1 },
    tasks: { completed: 2, failed: 1, awaiting_review: 3, filling: 1 },
    outcomes: { confirmed: 2, unconfirmed: 1 },
  };
  const batch: Batch = {
    id: "4d3c2b1a-0000-4000-8000-000000000002",
    state: "running",
    resumeId: "4d3c2b1a-0000-4000-8000-000000000001",
    mode: "copilot",
    rehearsal: false,
    priority: "low",
    runAt: null,
    counts,
    questions: [],
    createdAt: "2026-11-23T10:00:00.000Z",
    finishedAt: null,
  };
  expect(batchProgress(batch)).toEqual({ all: 10, ended: 5, needsYou: 4 });
});
