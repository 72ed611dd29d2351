import { setTimeout as delay } from "node:timers/promises";
import pMap from "p-map";
import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, benchRow, round } from "../bench-report.ts";
import { percentile } from "../percentile.ts";
import { type BenchConsole, jobUrlOf, startBenchConsole } from "./start-bench-console.ts";
import { watchBoard } from "./watch-board.ts";

const ordinary = { applications: 5_000, inputs: 60, seconds: 30 };
const quick = { applications: 1_000, inputs: 20, seconds: 10 };
const eventsPerSecond = 50;
const acceptedAtOnce = 20;
/** Of files, packed, without what shows a live browser. */
const mostFirstLoadKb = 250;
const mostInteractionMs = 100;
const mostOfCore = 0.3;
const shownMs = 10_000;

/**
 * The console's list of applications in a real browser: what it takes to open it, how fast it answers with
 * thousands in it, and what it costs the machine of whoever looks at it while fifty things a second happen.
 */
export async function measureConsole(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const { applications, inputs, seconds } = isQuick ? quick : ordinary;
  const say = (text: string) => void deps.output.progress.write(`${text}\n`);
  say("starting Postgres, Redis, the engine and an API");
  const bench = await startBenchConsole(deps, signal);
  try {
    say(`${applications} applications`);
    await pMap(
      Array.from({ length: applications }, (_, n) => n),
      (n) => accept(bench, n, signal),
      { concurrency: acceptedAtOnce, signal },
    );
    const board = await watchBoard({
      url: bench.url,
      apiKey: bench.key.reveal(),
      executablePath: deps.config.VALET_CHROMIUM,
    });
    try {
      say("scrolling through all of them");
      await board.loadAll(applications);
      say(`${inputs} inputs`);
      const interactions = await board.interact(inputs);
      say(`${eventsPerSecond} events a second for ${seconds} s`);
      const [before, startedAt] = [await board.cpuSeconds(), performance.now()];
      const last = await acceptSteadily(bench, { from: applications, seconds }, signal);
      const tookSeconds = (performance.now() - startedAt) / 1_000;
      const used = (await board.cpuSeconds()) - before;
      const isShown = await board.untilShown(last, shownMs);
      return consoleReport({
        applications,
        firstLoadKb: board.firstLoadBytes / 1_000,
        interactions,
        ofCore: used / tookSeconds,
        perSecond: (seconds * eventsPerSecond) / tookSeconds,
        notShown: isShown ? 0 : 1,
      });
    } finally {
      await board.close();
    }
  } finally {
    await bench.close();
  }
}

async function accept(
  { client, resumeId }: BenchConsole,
  number: number,
  signal: AbortSignal,
): Promise<string> {
  const wanted = { jobUrl: jobUrlOf(number), resumeId, mode: "copilot" } as const;
  return (await client.createTask(wanted, {}, signal)).id;
}

/** Each that is accepted is one event, of the kind that changes the list. */
async function acceptSteadily(
  bench: BenchConsole,
  { from, seconds }: { readonly from: number; readonly seconds: number },
  signal: AbortSignal,
): Promise<string> {
  const startedAt = performance.now();
  const sent: Promise<string>[] = [];
  for (let n = 0; n < seconds * eventsPerSecond; n += 1) {
    sent.push(accept(bench, from + n, signal));
    const dueAt = startedAt + ((n + 1) * 1_000) / eventsPerSecond;
    await delay(Math.max(0, dueAt - performance.now()), undefined, { signal });
  }
  const ids = await Promise.all(sent);
  return ids.at(-1) ?? "";
}

export interface ConsoleSamples {
  readonly applications: number;
  readonly firstLoadKb: number;
  readonly interactions: readonly number[];
  /** Of one core, by the page's process. */
  readonly ofCore: number;
  /** Events there really were. */
  readonly perSecond: number;
  /** Of those that were accepted last, after ten seconds. */
  readonly notShown: number;
}

export function consoleReport(samples: ConsoleSamples): BenchReport {
  const { applications, firstLoadKb, interactions, ofCore, perSecond, notShown } = samples;
  const many = `${applications} applications`;
  return {
    name: "console",
    rows: [
      benchRow({
        what: "first load, packed",
        value: round(firstLoadKb),
        unit: "kB",
        floor: mostFirstLoadKb,
      }),
      benchRow({
        what: `${many}: input → painted, longest`,
        value: round(Math.max(...interactions)),
        floor: mostInteractionMs,
      }),
      benchRow({
        what: `${many}: input → painted p50`,
        value: round(percentile(interactions, 0.5)),
        floor: null,
      }),
      benchRow({ what: "events a second", value: round(perSecond), unit: "count", floor: null }),
      benchRow({
        what: `${many}, live: processor of the page, of one core`,
        value: Math.round(ofCore * 100) / 100,
        unit: "ratio",
        floor: mostOfCore,
      }),
      benchRow({
        what: "the last one is not shown after 10 s",
        value: notShown,
        unit: "count",
        floor: 0,
      }),
    ],
    samples: { "input → painted": interactions },
  };
}
