import type { TaskDetail } from "@valet/contracts";

const at = "2026-11-21T10:00:00.000Z";

/** One that has ended well. Tests only. */
export const taskDetail: TaskDetail = {
  id: "4d3c2b1a-0000-4000-8000-000000000000",
  jobUrl: "https://jobs.example.com/1",
  jobKey: "jobs.example.com/1",
  resumeId: "4d3c2b1a-0000-4000-8000-000000000001",
  mode: "autopilot",
  rehearsal: false,
  platform: "generic",
  employer: "jobs.example.com",
  posting: {},
  priority: "normal",
  runAt: null,
  window: null,
  queue: null,
  state: "completed",
  outcome: "confirmed",
  reason: null,
  message: "The site confirmed that your application arrived.",
  pct: 100,
  lastSeq: 9,
  epoch: 1,
  runId: "run",
  questions: [],
  confirmation: { reference: "NW-1", signs: ["response_ok"], at },
  createdAt: at,
  updatedAt: at,
  finishedAt: at,
  fields: [],
  humanStep: null,
  evidence: [],
  spend: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 },
};
