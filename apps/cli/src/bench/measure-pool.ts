import { setTimeout as delay } from "node:timers/promises";
import type { SessionHostClient } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { BenchHost } from "./start-bench-host.ts";

const settleLimitMs = 60_000;
const lookEveryMs = 25;

/** Waits until the pool has stopped growing, and says how many browsers wait in it. */
export async function settledPool(host: SessionHostClient, signal: AbortSignal): Promise<number> {
  const giveUpAt = performance.now() + settleLimitMs;
  let size = -1;
  let since = performance.now();
  while (performance.now() < giveUpAt) {
    const now = (await host.listSessions(signal)).pool.length;
    if (now !== size) since = performance.now();
    size = now;
    if (size > 0 && performance.now() - since > 1_500) return size;
    await delay(lookEveryMs, undefined, { signal });
  }
  throw new ValetError("TIMEOUT", "The pool of the session host was not filled in time.", { size });
}

async function untilPooled(host: SessionHostClient, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + settleLimitMs;
  while ((await host.listSessions(signal)).pool.length === 0) {
    if (performance.now() > giveUpAt) {
      throw new ValetError("TIMEOUT", "The pool of the session host was not filled in time.");
    }
    await delay(lookEveryMs, undefined, { signal });
  }
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

/** The step `start-browser` of real runs whose browser came from the pool; in milliseconds. */
export async function measureStartBrowser(
  { host, client, practiceUrl, resumeId }: BenchHost,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < count; n += 1) {
    // Until nothing starts any more: here the step is measured, not what else two cores do.
    await settledPool(host, signal);
    const jobUrl = `${practiceUrl}/plain/jobs/engineer-${9_500 + n}`;
    const body = { jobUrl, resumeId, mode: "autopilot", rehearsal: true } as const;
    const { id } = await client.createTask(body, {}, signal);
    for await (const event of client.followTask(id, { signal })) {
      if (event.type === "failed") throw stepMissing(event.data.code);
    }
    const { steps } = await client.getRun(id, signal);
    const ms = steps.find(({ name }) => name === "start-browser")?.ms;
    if (typeof ms !== "number") throw stepMissing("no start-browser");
    samples.push(ms);
  }
  return samples;
}

function stepMissing(why: string): ValetError {
  return new ValetError("INTERNAL", "An application of the benchmark did not come to its end.", {
    why,
  });
}
