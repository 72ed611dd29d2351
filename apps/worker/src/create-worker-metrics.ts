import type { ResumeStepName, StepName } from "@valet/contracts";
import type { Metrics } from "@valet/runtime";

export interface WorkerMetrics {
  /** A browser that waited for a person was closed; `bytes` is what was stored in its place. */
  parked(bytes: number): void;
  /** An application stands on a new browser again, after `ms` milliseconds. */
  rebuilt(ms: number): void;
  /** A step's own work came to a result after `ms` milliseconds; waits for people count, bookkeeping does not. */
  worked(step: StepName | ResumeStepName, ms: number): void;
}

const parkedBuckets = [1_024, 10_240, 102_400, 1_048_576];
const bodyBuckets = [0.03, 0.1, 0.3, 1, 3, 10, 30, 120, 600];
const rebuildBuckets = [0.5, 1, 2, 5, 10, 30];

export function createWorkerMetrics(metrics: Metrics): WorkerMetrics {
  const parked = metrics.histogram({
    name: "valet_browser_parked_bytes",
    help: "What is kept of a browser that was closed while a person is waited for.",
    buckets: parkedBuckets,
  });
  const rebuilt = metrics.histogram({
    name: "valet_application_rebuild_seconds",
    help: "From finding a browser gone until the application stands filled on a new one.",
    buckets: rebuildBuckets,
  });
  const worked = metrics.histogram({
    name: "valet_step_body_seconds",
    help: "The work of a step that came to a result, without events, rows and the engine around it.",
    labels: ["step"],
    buckets: bodyBuckets,
  });
  return {
    parked: (bytes) => parked.observe(bytes),
    rebuilt: (ms) => rebuilt.observe(ms / 1_000),
    worked: (step, ms) => worked.observe({ step }, ms / 1_000),
  };
}
