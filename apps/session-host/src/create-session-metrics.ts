import type { Metrics } from "@valet/runtime";

export interface SessionMetrics {
  opened(pooled: boolean): void;
  /** The first client speaks to the browser; `startedAt` as `performance.now()` had it. */
  attached(startedAt: number): void;
  /** The database has said whether an application may leave, `ms` milliseconds after it was held. */
  decided(ms: number): void;
  /** An application was released, `ms` milliseconds after the gate was armed for it. */
  dispatched(ms: number): void;
}

export interface SessionCounts {
  readonly live: number;
  readonly pooled: number;
  readonly liveBytes: number;
  readonly pooledBytes: number;
  readonly budgetBytes: number;
}

const decisionBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 3];
const armedBuckets = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
const attachBuckets = [0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 1, 5];

export function createSessionMetrics(metrics: Metrics, count: () => SessionCounts): SessionMetrics {
  const leases = metrics.counter({
    name: "valet_session_pool_total",
    help: "Sessions that found a browser waiting (hit) or had to wait for one (miss).",
    labels: ["result"],
  });
  const attaches = metrics.histogram({
    name: "valet_session_attach_seconds",
    help: "From asking for a session until the first client speaks to its browser.",
    buckets: attachBuckets,
  });
  const decisions = metrics.histogram({
    name: "valet_submit_decision_seconds",
    help: "From holding the request that sends an application to the database's answer.",
    buckets: decisionBuckets,
  });
  const armed = metrics.histogram({
    name: "valet_submit_armed_seconds",
    help: "From arming the gate for an application to its release.",
    buckets: armedBuckets,
  });
  metrics.gauge({
    name: "valet_sessions",
    help: "Browsers that serve a task (live) or wait for one (pooled).",
    labels: ["state"],
    collect(gauge) {
      const { live, pooled } = count();
      gauge.set({ state: "live" }, live);
      gauge.set({ state: "pooled" }, pooled);
    },
  });
  metrics.gauge({
    name: "valet_session_memory_bytes",
    help: "Memory of browsers as measured last, and what they may take together.",
    labels: ["of"],
    collect(gauge) {
      const { liveBytes, pooledBytes, budgetBytes } = count();
      gauge.set({ of: "live" }, liveBytes);
      gauge.set({ of: "pooled" }, pooledBytes);
      gauge.set({ of: "budget" }, budgetBytes);
    },
  });
  return {
    opened: (pooled) => leases.inc({ result: pooled ? "hit" : "miss" }),
    attached: (startedAt) => attaches.observe((performance.now() - startedAt) / 1_000),
    decided: (ms) => decisions.observe(ms / 1_000),
    dispatched: (ms) => armed.observe(ms / 1_000),
  };
}
