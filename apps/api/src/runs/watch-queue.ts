import type { StepDepth } from "@valet/contracts";
import type { Metrics } from "@valet/runtime";
import type { JobsClient } from "../jobs-client.ts";

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
  let kept: { readonly at: number; readonly depths: ReturnType<QueueWatch["depths"]> } | undefined;

  const depths: QueueWatch["depths"] = () => {
    if (kept === undefined || now() - kept.at >= keptMs) {
      kept = {
        at: now(),
        depths: jobs.queueDepths().then((said) => (said === "unreachable" ? undefined : said)),
      };
    }
    return kept.depths;
  };

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
