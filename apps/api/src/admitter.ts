import { createHash } from "node:crypto";
import type { Limits } from "@valet/contracts";
import { type Db, admitWaiting, hasWaitingStarts } from "@valet/db";
import type { Logger, Metrics } from "@valet/runtime";
import { type Looking, startLooking } from "./start-looking.ts";

export interface AdmitterDeps {
  readonly db: Db;
  readonly limits: Limits;
  /** Whether a host is this machine's own: there is nobody to spare. */
  readonly isOwnHost: (host: string) => boolean;
  readonly kickRelay: () => void;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Room comes back without anybody saying so here: a browser closes, a minute passes. */
const lookEveryMs = 200;

/** In seconds: from at once to a day, which is as long as a day's limit holds anybody up. */
const waitBuckets = [0.25, 1, 5, 15, 60, 300, 900, 3_600, 4 * 3_600, 24 * 3_600];

/** Lets applications start that may, for as long as it is open; of several API processes one at a time. */
export function startAdmitter(deps: AdmitterDeps): Looking {
  const { db, limits, isOwnHost, kickRelay, metrics, log } = deps;
  const admitted = metrics.counter({
    name: "valet_admitted_total",
    help: "Applications that were let start",
  });
  const waited = metrics.histogram({
    name: "valet_queue_wait_seconds",
    help: "How long applications waited until they were let start; time before their `runAt` is no wait",
    labels: ["site"],
    buckets: waitBuckets,
  });

  async function look(): Promise<"wait"> {
    if (!(await hasWaitingStarts(db))) return "wait";
    const admission = await admitWaiting(db, { now: new Date(), limits, isOwnHost, jitter });
    if (admission.admitted.length === 0) return "wait";
    admitted.inc({}, admission.admitted.length);
    for (const { platform, seconds } of admission.waits)
      waited.observe({ site: platform }, seconds);
    kickRelay();
    return "wait";
  }

  return startLooking({
    look,
    everyMs: lookEveryMs,
    onFault: (err) => log.warn({ err }, "applications wait: none could be let start"),
    onMended: () => log.info("applications are let start again"),
  });
}

/** From 0 to 1, and for one application always the same: looking again must not change the wait. */
export function jitter(taskId: string): number {
  return createHash("sha256").update(taskId).digest().readUInt32BE(0) / 2 ** 32;
}
