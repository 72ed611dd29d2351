import { readHistogram } from "../read-histogram.ts";
import { startBenchHost } from "../start-bench-host.ts";
import type { VerbDeps } from "../../verb.ts";

/** Of applications through a whole Valet, in milliseconds. */
export interface DecisionTimes {
  /** From holding the request to the database's answer. */
  readonly decision: readonly number[];
  /** From arming the gate to the release; the second look at the page and the click lie between. */
  readonly armToDispatched: readonly number[];
}

export async function measureDecisions(
  deps: VerbDeps,
  count: number,
  signal: AbortSignal,
): Promise<DecisionTimes> {
  const bench = await startBenchHost(deps, signal);
  try {
    await bench.startWorker();
    const { client, resumeId, practiceUrl, hostUrl } = bench;
    const read = async (name: string) => (await readHistogram({ url: hostUrl }, name)).sum;
    const decision: number[] = [];
    const armToDispatched: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const before = [await read(decided), await read(dispatched)] as const;
      const jobUrl = `${practiceUrl}/plain/jobs/engineer-${8_000 + n}`;
      const { id } = await client.createTask({ jobUrl, resumeId, mode: "autopilot" }, {}, signal);
      for await (const event of client.followTask(id, { signal })) void event;
      const [before1, before2] = before;
      decision.push(toMs((await read(decided)) - before1));
      armToDispatched.push(toMs((await read(dispatched)) - before2));
    }
    return { decision, armToDispatched };
  } finally {
    await bench.close();
  }
}

const decided = "valet_submit_decision_seconds";
const dispatched = "valet_submit_armed_seconds";

function toMs(seconds: number): number {
  return Math.round(seconds * 10_000) / 10;
}
