import type { SessionHostClient } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { readHistogram } from "./read-histogram.ts";
import type { BenchHost, BenchWorker } from "./start-bench-host.ts";
import { until } from "./until.ts";

const limitMs = 60_000;
const settledAfterMs = 1_500;
const lookEveryMs = 25;

/** Waits until the pool has stopped growing, and says how many browsers wait in it. */
export async function settledPool(host: SessionHostClient, signal: AbortSignal): Promise<number> {
  let size = -1;
  let since = performance.now();
  return until(
    "the pool has stopped growing",
    async () => {
      const now = (await host.listSessions(signal)).pool.length;
      if (now !== size) since = performance.now();
      size = now;
      return size > 0 && performance.now() - since > settledAfterMs && size;
    },
    { signal, limitMs, lookEveryMs },
  );
}

async function untilPooled(host: SessionHostClient, signal: AbortSignal): Promise<void> {
  const isPooled = async () => (await host.listSessions(signal)).pool.length > 0;
  await until("a browser waits in the pool", isPooled, { signal, limitMs, lookEveryMs });
}

/** Leases from a pool that has a browser ready, or not, and gives it back; in milliseconds. */
export async function measureLease(
  host: SessionHostClient,
  { newTask }: Pick<BenchHost, "newTask">,
  input: { readonly count: number; readonly pooled: boolean },
  signal: AbortSignal,
): Promise<number[]> {
  const samples: number[] = [];
  const { taskId, userId, url } = await newTask();
  for (let n = 0; n < input.count; n += 1) {
    if (input.pooled) await untilPooled(host, signal);
    const startedAt = performance.now();
    const created = await host.createSession({ taskId, userId, url }, signal);
    samples.push(performance.now() - startedAt);
    await host.closeSession(created.sessionId, signal);
    if (created.pooled !== input.pooled) {
      throw new ValetError("INTERNAL", "A lease did not come from where it was measured.", {
        pooled: created.pooled,
      });
    }
  }
  return samples;
}

export interface StartBrowserTimes {
  /** The step's own work: claim, lease, say which session the task has. In milliseconds. */
  readonly body: readonly number[];
  /** From the first row of the step to its last, events and run view included. In milliseconds. */
  readonly step: readonly number[];
}

/** The step `start-browser` of real runs whose browser came from the pool. */
export async function measureStartBrowser(
  { host, client, practiceUrl, resumeId }: BenchHost,
  worker: BenchWorker,
  count: number,
  signal: AbortSignal,
): Promise<StartBrowserTimes> {
  const times = { body: [] as number[], step: [] as number[] };
  const readBody = () => readHistogram(worker, "valet_step_body_seconds", '{step="start-browser"}');
  for (let n = 0; n < count; n += 1) {
    // Until nothing starts any more: here the step is measured, not what else two cores do.
    await settledPool(host, signal);
    const jobUrl = `${practiceUrl}/plain/jobs/engineer-${9_500 + n}`;
    const wanted = { jobUrl, resumeId, mode: "autopilot", rehearsal: true } as const;
    const before = await readBody();
    const { id } = await client.createTask(wanted, {}, signal);
    for await (const event of client.followTask(id, { signal })) {
      if (event.type === "failed") throw stepMissing(event.data.code);
    }
    const { steps } = await client.getRun(id, signal);
    const ms = steps.find(({ name }) => name === "start-browser")?.ms;
    if (typeof ms !== "number") throw stepMissing("no start-browser");
    const after = await readBody();
    if (after.count !== before.count + 1) throw stepMissing("not one body of start-browser");
    times.step.push(ms);
    times.body.push((after.sum - before.sum) * 1_000);
  }
  return times;
}

function stepMissing(why: string): ValetError {
  return new ValetError("INTERNAL", "An application of the benchmark did not come to its end.", {
    why,
  });
}
