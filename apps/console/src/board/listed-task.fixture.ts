import type { ListedTask } from "@valet/contracts";

const at = "2026-11-23T09:00:00.000Z";

/** One that waits for its start. Tests only. */
export const listedTask: ListedTask = {
  id: "4d3c2b1a-0000-4000-8000-000000000000",
  jobUrl: "https://jobs.example.com/acme/senior-engineer-42",
  jobKey: "jobs.example.com/acme/senior-engineer-42",
  resumeId: "4d3c2b1a-0000-4000-8000-000000000001",
  mode: "copilot",
  rehearsal: false,
  platform: "generic",
  employer: "jobs.example.com",
  posting: {},
  priority: "normal",
  runAt: null,
  window: null,
  queue: { behind: 0, heldUpBy: null, until: null },
  state: "queued",
  outcome: null,
  reason: null,
  message: null,
  pct: 0,
  lastSeq: 4,
  epoch: 1,
  runId: null,
  questions: [],
  confirmation: null,
  createdAt: at,
  updatedAt: at,
  finishedAt: null,
};
