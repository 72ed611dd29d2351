import { ValetError } from "@valet/contracts";
import type { BenchHost, BenchWorker } from "./start-bench-host.ts";
import { settledPool } from "./measure-pool.ts";
import { readHistogram } from "./read-histogram.ts";
import { until } from "./until.ts";

export interface HibernationCounts {
  /** Reviews whose browser was closed while they waited. */
  readonly parked: number;
  /** Of those, the ones that keep more than 100 KB. */
  readonly tooBig: number;
  readonly meanBytes: number;
  /** From finding the browser closed until the form stands filled on a new one, in milliseconds. */
  readonly resumeMs: readonly number[];
  /** Resumed ones that were sent as approved, without another question to the person. */
  readonly confirmed: number;
}

/** So many forms are open at once until their browsers are closed. */
const atOnce = 4;
const limitMs = 120_000;
const lookEveryMs = 100;

/** Lets reviews wait until their browsers are closed, then approves some, one after the other. */
export async function measureHibernation(
  bench: BenchHost,
  worker: BenchWorker,
  { reviews, resumes }: { readonly reviews: number; readonly resumes: number },
  signal: AbortSignal,
): Promise<HibernationCounts> {
  const { host, client, resumeId, practiceUrl } = bench;
  const waiting: string[] = [];
  while (waiting.length < reviews) {
    const wave = Math.min(atOnce, reviews - waiting.length);
    for (let n = 0; n < wave; n += 1) {
      const job = `engineer-${9_800 + waiting.length}`;
      const jobUrl = `${practiceUrl}/greenhouse/acme/jobs/${job}`;
      const { id } = await client.createTask({ jobUrl, resumeId, mode: "copilot" }, {}, signal);
      waiting.push(id);
    }
    const expected = waiting.length;
    const areParked = async () =>
      (await readHistogram(worker, "valet_browser_parked_bytes")).count >= expected;
    await until("all reviews are parked", areParked, { signal, limitMs, lookEveryMs });
  }
  const resumeMs: number[] = [];
  let confirmed = 0;
  for (const id of waiting.slice(0, resumes)) {
    // Until nothing starts any more: one resume is measured, not how two cores share it with the next browser.
    await settledPool(host, signal);
    const before = await readHistogram(worker, "valet_application_rebuild_seconds");
    const { humanStep } = await client.getTask(id, signal);
    await client.approveTask(id, { digest: humanStep?.digest ?? "" }, signal);
    for await (const event of client.followTask(id, { signal })) {
      if (event.type === "completed" && event.data.outcome === "confirmed") confirmed += 1;
    }
    const after = await readHistogram(worker, "valet_application_rebuild_seconds");
    if (after.count !== before.count + 1) {
      throw new ValetError("INTERNAL", "A parked review was not built again exactly once.");
    }
    resumeMs.push(Math.round((after.sum - before.sum) * 1_000));
  }
  const bytes = await readHistogram(worker, "valet_browser_parked_bytes");
  for (const id of waiting.slice(resumes)) await client.cancelTask(id, signal);
  return {
    parked: bytes.count,
    tooBig: bytes.count - (bytes.buckets.get("102400") ?? 0),
    meanBytes: Math.round(bytes.sum / bytes.count),
    resumeMs,
    confirmed,
  };
}
