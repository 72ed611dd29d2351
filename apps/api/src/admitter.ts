import { createHash } from "node:crypto";
import { HeldUpBy, type Limits } from "@valet/contracts";
import { type Db, admitWaiting, hasWaitingStarts } from "@valet/db";
import type { Logger, Metrics } from "@valet/runtime";
import { createBell } from "./create-bell.ts";

export interface Admitter {
  /** Something waits, or there may be room. */
  kick(): void;
  /** Stops after the look that is under way. */
  close(): Promise<void>;
}

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

/** Lets applications start that may, for as long as it is open; of several API processes one at a time. */
export function startAdmitter(deps: AdmitterDeps): Admitter {
  const { db, limits, isOwnHost, kickRelay, metrics, log } = deps;
  const bell = createBell();
  const stop = new AbortController();
  const admitted = metrics.counter({
    name: "valet_admitted_total",
    help: "Applications that were let start",
  });
  const heldUp = metrics.gauge({
    name: "valet_held_up",
    help: "Applications that wait for their start, by what kept them at the last look; those behind them are not counted",
    labels: ["by"],
  });
  let isFailing = false;

  async function look(): Promise<void> {
    if (!(await hasWaitingStarts(db))) {
      for (const by of HeldUpBy.options) heldUp.set({ by }, 0);
      return;
    }
    const admission = await admitWaiting(db, { now: new Date(), limits, isOwnHost, jitter });
    for (const by of HeldUpBy.options) heldUp.set({ by }, admission.heldUp[by] ?? 0);
    if (admission.admitted.length === 0) return;
    admitted.inc({}, admission.admitted.length);
    kickRelay();
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await look();
        if (isFailing) log.info("applications are let start again");
        isFailing = false;
      } catch (error) {
        if (!isFailing) log.warn({ err: error }, "applications wait: none could be let start");
        isFailing = true;
      }
      await bell.wait(lookEveryMs, stop.signal);
    }
  }

  const running = run();
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await running;
    },
  };
}

/** From 0 to 1, and for one application always the same: looking again must not change the wait. */
export function jitter(taskId: string): number {
  return createHash("sha256").update(taskId).digest().readUInt32BE(0) / 2 ** 32;
}
