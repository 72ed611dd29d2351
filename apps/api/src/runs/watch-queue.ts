import type { StepDepth } from "@valet/contracts";
import type { Metrics } from "@valet/runtime";
import type { JobsClient } from "../jobs-client.ts";
import { keptFor } from "../kept-for.ts";

/** How many steps wait and run on the engine. */
export interface QueueWatch {
  /** Undefined while the engine does not answer. */
  readonly depths: () => Promise<readonly StepDepth[] | undefined>;
}

/** Counting is work for the engine, however many scrape and look. */
const keptMs = 5_000;

export function watchQueue(
  jobs: Pick<JobsClient, "queueDepths">,
  metrics: Metrics,
  now: () => number = () => performance.now(),
): QueueWatch {
  const depths = keptFor(
    keptMs,
    async () => {
      const said = await jobs.queueDepths();
      return said === "unreachable" ? undefined : said;
    },
    now,
  );

  metrics.gauge({
    name: "valet_engine_steps",
    help: "Steps on the engine that wait for a worker or run, waits for people included",
    labels: ["step", "state"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { step, queued, running } of (await depths()) ?? []) {
        gauge.set({ step, state: "queued" }, queued);
        gauge.set({ step, state: "running" }, running);
      }
    },
  });
  return { depths };
}
