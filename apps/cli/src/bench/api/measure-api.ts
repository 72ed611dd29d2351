import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "../bench-report.ts";
import { percentile } from "../percentile.ts";
import type { RunCounts } from "./count-runs.ts";
import { type Accepting, measureAccepting, measureBareAccepting } from "./measure-accepting.ts";
import { type FanOut, measureBareFanOut, measureFanOut } from "./measure-fan-out.ts";
import { startBenchApi } from "./start-bench-api.ts";

const ordinary = { clients: 1_000, events: 200, seconds: 30, perSecond: 200 };
const quick = { clients: 100, events: 30, seconds: 5, perSecond: 200 };
/** Against a bare server in the same run. */
const mostFanOutRatio = 2.5;
const mostAcceptingRatio = 3;
const mostWithoutRedisMs = 1_500;

/** Live progress to many at once, with and without Redis, how fast applications are accepted, and that each then runs once. */
export async function measureApi(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const { clients, events, seconds, perSecond } = isQuick ? quick : ordinary;
  const say = (text: string) => void deps.output.progress.write(`${text}\n`);
  say("starting Postgres, Redis, the engine and two APIs");
  const bench = await startBenchApi(deps, signal);
  try {
    const many = { clients, events };
    say(`${clients} clients, ${events} events, 10 a second: a bare WebSocket server`);
    const bare = await measureBareFanOut(bench.bareFanOut, many, signal);
    say("the same through Valet");
    const live = await measureFanOut(bench.api, many, signal);
    say("the same without Redis");
    const polled = await measureFanOut(bench.apiWithoutRedis, many, signal);
    say(`${perSecond} a second for ${seconds} s: a bare insert`);
    const rate = { seconds, perSecond };
    const bareBefore = await measureBareAccepting(bench.bareInsert, { ...rate, run: 1 });
    say("POST /tasks");
    const accepted = await measureAccepting(bench.api, { ...rate, run: 2 });
    say("the bare insert once more");
    const bareAfter = await measureBareAccepting(bench.bareInsert, { ...rate, run: 3 });
    say("what was accepted goes to the engine, which has no worker: a run each");
    const runs = await bench.countRuns();
    return apiReport({ bare, live, polled, accepted, bareInserts: [bareBefore, bareAfter], runs });
  } finally {
    await bench.close();
  }
}

export interface ApiSamples {
  readonly bare: FanOut;
  readonly live: FanOut;
  readonly polled: FanOut;
  readonly accepted: Accepting;
  readonly bareInserts: readonly Accepting[];
  readonly runs: RunCounts;
}

export function apiReport(samples: ApiSamples): BenchReport {
  const { bare, live, polled, accepted, bareInserts, runs } = samples;
  const bareP99 = percentile(bare.delays, 0.99);
  const insertP99 = Math.max(...bareInserts.map(({ p99 }) => p99));
  const missing = ({ delays, expected }: FanOut) => expected - delays.length;
  return {
    name: "api",
    rows: [
      ...delayRows("bare fan-out", bare),
      ...delayRows("commit → client", live),
      ratioRow(
        "commit → client p99 / bare",
        percentile(live.delays, 0.99),
        bareP99,
        mostFanOutRatio,
      ),
      benchRow({ what: "events missing", value: missing(live), unit: "count", floor: 0 }),
      ...delayRows("without Redis", polled, mostWithoutRedisMs),
      benchRow({
        what: "events missing without Redis",
        value: missing(polled),
        unit: "count",
        floor: 0,
      }),
      benchRow({ what: "bare insert p99, the slower run", value: round(insertP99), floor: null }),
      benchRow({ what: "POST /tasks p50", value: round(accepted.p50), floor: null }),
      benchRow({ what: "POST /tasks p99", value: round(accepted.p99), floor: null }),
      ratioRow("POST /tasks p99 / bare", accepted.p99, insertP99, mostAcceptingRatio),
      benchRow({
        what: "POST /tasks accepted",
        value: accepted.answered,
        unit: "count",
        floor: null,
      }),
      benchRow({ what: "POST /tasks failed", value: accepted.failed, unit: "count", floor: 0 }),
      benchRow({ what: "tasks in the database", value: runs.tasks, unit: "count", floor: null }),
      benchRow({
        what: "tasks without a run",
        value: runs.withoutAny,
        unit: "count",
        floor: 0,
      }),
      benchRow({
        what: "tasks without exactly one run",
        value: runs.withoutExactlyOne,
        unit: "count",
        floor: 0,
      }),
    ],
    samples: {
      "bare fan-out": sampleOf(bare),
      "commit → client": sampleOf(live),
      "without Redis": sampleOf(polled),
      "bare insert p99": bareInserts.map(({ p99 }) => p99),
    },
  };
}

function delayRows(what: string, { delays }: FanOut, p99Floor: number | null = null): BenchRow[] {
  return [
    benchRow({ what: `${what} p50`, value: percentile(delays, 0.5), floor: null }),
    benchRow({ what: `${what} p99`, value: percentile(delays, 0.99), floor: p99Floor }),
  ];
}

function ratioRow(what: string, value: number, base: number, floor: number): BenchRow {
  const ratio = Math.round((value / Math.max(1, base)) * 100) / 100;
  return benchRow({ what, value: ratio, unit: "ratio", floor });
}

/** Two hundred thousand delays are no use to anybody: every thousandth in the order of their size. */
function sampleOf({ delays }: FanOut): number[] {
  return delays.toSorted((a, b) => a - b).filter((_, index) => index % 1_000 === 0);
}
