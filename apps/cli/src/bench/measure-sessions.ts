import { loadPlaywright } from "@valet/browser";
import type { VerbDeps } from "../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "./bench-report.ts";
import { measureAttach, measurePlainAttach } from "./measure-attach.ts";
import { type CycleCounts, measureCycles } from "./measure-cycles.ts";
import { type HibernationCounts, measureHibernation } from "./measure-hibernation.ts";
import { type StartBrowserTimes, measureLease, measureStartBrowser } from "./measure-pool.ts";
import { type ZombieCounts, measureZombies } from "./measure-zombie.ts";
import { percentile } from "./percentile.ts";
import { startBenchHost } from "./start-bench-host.ts";

interface Counts {
  readonly attaches: number;
  readonly leases: number;
  readonly runs: number;
  readonly zombies: number;
  readonly cycles: number;
  readonly reviews: number;
  readonly resumes: number;
}

const ordinary: Counts = {
  attaches: 100,
  leases: 40,
  runs: 20,
  zombies: 200,
  cycles: 1_000,
  reviews: 100,
  resumes: 20,
};
const quick: Counts = {
  attaches: 40,
  leases: 12,
  runs: 6,
  zombies: 200,
  cycles: 60,
  reviews: 4,
  resumes: 4,
};

interface SessionSamples {
  readonly attach: readonly number[];
  readonly plainAttach: readonly number[];
  readonly pooledLease: readonly number[];
  readonly coldLease: readonly number[];
  readonly startBrowser: StartBrowserTimes;
  readonly zombies: ZombieCounts;
  readonly cycles: CycleCounts;
  readonly hibernation: HibernationCounts;
}

/** Live browser sessions against their floors, on a session host and a Postgres of its own. */
export async function benchSessions(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const { output, config } = deps;
  const counts = isQuick ? quick : ordinary;
  const say = (text: string) => void output.progress.write(`${text}\n`);
  // A run takes most of an hour: what is known is said, whatever comes later.
  const show = (rows: readonly BenchRow[]) =>
    rows.forEach(({ what, value, unit }) => say(`  ${what}: ${value} ${unit}`));
  // A worker has it loaded before its first step.
  await loadPlaywright();
  say("starting Postgres, the engine, the API and a session host");
  const bench = await startBenchHost(deps, signal);
  try {
    say(`${counts.attaches} attaches`);
    const attach = await measureAttach(bench, counts.attaches, signal);
    const plainAttach = await measurePlainAttach(config.VALET_CHROMIUM, counts.attaches, signal);
    say(`${counts.zombies} takeovers with a command of the old holder after each`);
    const zombies = await measureZombies(bench, counts.zombies, signal);
    show(zombieRows(zombies));
    say(`${counts.leases} leases from the pool, and as many cold starts`);
    const lease = { count: counts.leases };
    const pooledLease = await measureLease(bench.host, bench, { ...lease, pooled: true }, signal);
    const cold = await bench.startColdHost();
    const coldLease = await measureLease(cold, bench, { ...lease, pooled: false }, signal);
    say(`${counts.runs} applications`);
    const worker = await bench.startWorker();
    const startBrowser = await measureStartBrowser(bench, worker, counts.runs, signal);
    show(timeRows({ attach, plainAttach, pooledLease, coldLease, startBrowser }));
    say(`${counts.reviews} reviews that wait until their browsers are closed`);
    const hibernation = await measureHibernation(bench, worker, counts, signal);
    show(hibernationRows(hibernation));
    await worker.close();
    say(`${counts.cycles} sessions created, attached and closed`);
    const cycles = await measureCycles(bench, counts.cycles, (done) => say(`  ${done}`), signal);
    return sessionsReport({
      attach,
      plainAttach,
      pooledLease,
      coldLease,
      startBrowser,
      zombies,
      cycles,
      hibernation,
    });
  } finally {
    await bench.close();
  }
}

export function sessionsReport(samples: SessionSamples): BenchReport {
  const { zombies, cycles, hibernation } = samples;
  return {
    name: "sessions",
    rows: [
      ...timeRows(samples),
      ...zombieRows(zombies),
      ...cycleRows(cycles),
      ...hibernationRows(hibernation),
    ],
    samples: {
      "attach on another worker": samples.attach.map(round),
      "attach through a plain debugging port": samples.plainAttach.map(round),
      "lease, pool hit": samples.pooledLease.map(round),
      "lease, cold start": samples.coldLease.map(round),
      "body of start-browser, pool hit": samples.startBrowser.body.map(round),
      "step start-browser, pool hit": samples.startBrowser.step,
      "create, attach and close": cycles.cycleMs.map(round),
      "memory of the host (MB)": cycles.memoryMb,
      "parked review, built again": hibernation.resumeMs,
    },
  };
}

function timeRows(samples: Omit<SessionSamples, "zombies" | "cycles" | "hibernation">): BenchRow[] {
  const { attach, plainAttach, pooledLease, coldLease, startBrowser } = samples;
  const p50 = (values: readonly number[]) => percentile(values, 0.5);
  const ms = (what: string, value: number, floor: number | null = null) =>
    benchRow({ what, value: round(value), floor });
  const ratio = (what: string, value: number) =>
    benchRow({ what, value: Math.round(value * 100) / 100, unit: "ratio", floor: null });
  return [
    ms("attach on another worker p50", p50(attach), 40),
    ms("attach on another worker p95", percentile(attach, 0.95), 150),
    ms("attach through a plain debugging port p50", p50(plainAttach)),
    ratio("attach in relation to a plain port", p50(attach) / p50(plainAttach)),
    ms("pool hit: start-browser body p50", p50(startBrowser.body), 30),
    ms("pool hit: start-browser body p95", percentile(startBrowser.body, 0.95)),
    ms("pool hit: start-browser with its bookkeeping p50", p50(startBrowser.step)),
    ms("pool hit: lease p50", p50(pooledLease)),
    ms("cold start: lease p50", p50(coldLease)),
    ratio("pool hit in relation to a cold start", p50(pooledLease) / p50(coldLease)),
  ];
}

function zombieRows({ tries, accepted, acceptedUncut }: ZombieCounts): BenchRow[] {
  const count = { unit: "count" } as const;
  return [
    benchRow({ ...count, what: `zombie commands accepted of ${tries}`, value: accepted, floor: 0 }),
    benchRow({
      ...count,
      what: `commands accepted of ${tries} where nobody is cut`,
      value: acceptedUncut,
      floor: null,
    }),
  ];
}

function cycleRows(cycles: CycleCounts): BenchRow[] {
  const after = `after ${cycles.cycles} cycles`;
  const leaked = (what: string, value: number) =>
    benchRow({ what: `leaked ${what} ${after}`, value, unit: "count", floor: 0 });
  return [
    leaked("processes", cycles.leakedProcesses),
    leaked("descriptors", cycles.leakedDescriptors),
    leaked("directories", cycles.leakedDirectories),
    benchRow({
      what: `memory ${after} in relation to cycle ${cycles.firstCycle}`,
      value: Math.round(cycles.memoryRatio * 1_000) / 1_000,
      unit: "ratio",
      floor: 1.1,
    }),
  ];
}

function hibernationRows(hibernation: HibernationCounts): BenchRow[] {
  const { parked, tooBig, meanBytes, resumeMs, confirmed } = hibernation;
  const count = { unit: "count" } as const;
  const resume = (share: number) => round(percentile(resumeMs, share));
  return [
    benchRow({
      ...count,
      what: `of ${parked} parked reviews keep more than 100 KB`,
      value: tooBig,
      floor: 0,
    }),
    benchRow({ ...count, what: "bytes kept of a parked review", value: meanBytes, floor: null }),
    benchRow({ what: "parked review built again p50", value: resume(0.5), floor: 2_000 }),
    benchRow({ what: "parked review built again p95", value: resume(0.95), floor: null }),
    benchRow({
      ...count,
      what: `of ${resumeMs.length} approved after they were parked not sent`,
      value: resumeMs.length - confirmed,
      floor: 0,
    }),
  ];
}
