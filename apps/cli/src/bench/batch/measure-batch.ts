import { availableParallelism } from "node:os";
import { ValetError } from "@valet/contracts";
import type { VerbDeps } from "../../verb.ts";
import type { BenchReport } from "../bench-report.ts";
import { type BatchSamples, batchReport } from "./batch-report.ts";
import { type BareTurn, runBareTurn } from "./run-bare-turn.ts";
import { type ValetTurn, runValetTurn } from "./run-valet-turn.ts";
import { type Turn, type TurnInput, perMinute } from "./turn.ts";

/** More applications than a batch has at a time, so that its waves count too. */
const ordinary = { workers: [1, 2, 4], applications: 30, warmUps: 6, isTwice: true };
const quick = { workers: [1], applications: 8, warmUps: 2, isTwice: false };
const browsersOfWorker = 2;
/** As many suit two cores as a session host takes unless it is told otherwise: six. */
const browsersOfCore = 3;

/**
 * How many applications of a batch a whole Valet gets through, against a bare Playwright script that does the
 * same on the same form with as many at a time. Two browsers for each worker, and three for each core at most;
 * the script keeps as many, warm before it begins.
 *
 * Both go from the posting through the form's three pages, with the same values and the same file, take the
 * same three full-page pictures (filled, before and after the press, JPEG of quality 80) and wait for the
 * confirmation. What counts is applications that were confirmed, from the moment that the first was made to
 * the last confirmation; those before, to get warm, do not, and neither do starts of processes.
 *
 * In turns: Valet, bare, bare with a fresh browser each, bare, Valet. Nothing of Valet's runs in a turn that is
 * not its own, and each turn has practice sites of its own. The floor is held against the script that uses its
 * browsers again, in new contexts. Valet gives each application a browser of its own, and so does the other.
 *
 * It wants the machine for itself: where others use it too, whoever has more processes gets more of it, and that
 * is Valet. `processor: others` tells; the processor time an application is then what can still be compared.
 *
 * @throws `INTERNAL` when an application did not arrive, arrived twice or said something else on one side.
 */
export async function measureBatch(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const { workers: counts, ...sizes } = isQuick ? quick : ordinary;
  const samples: BatchSamples[] = [];
  for (const workers of counts)
    samples.push(await measureWith(deps, { workers, ...sizes }, signal));
  return batchReport(samples);
}

async function measureWith(
  deps: VerbDeps,
  {
    workers,
    isTwice,
    ...sizes
  }: Omit<TurnInput, "parallel"> & { readonly workers: number; readonly isTwice: boolean },
  signal: AbortSignal,
): Promise<BatchSamples> {
  const cores = availableParallelism();
  const parallel = Math.min(workers * browsersOfWorker, cores * browsersOfCore);
  const turn = { ...sizes, parallel };
  const told = async <T extends Turn>(what: string, running: Promise<T>): Promise<T> => {
    const took = await running;
    const rate = Math.round(perMinute(took) * 10) / 10;
    deps.output.progress.write(
      `${workers} worker(s), ${parallel} at a time: ${what}, ${took.confirmed} applications, ${rate} a minute\n`,
    );
    return took;
  };
  const runValet = () => told("Valet", runValetTurn(deps, { ...turn, workers }, signal));
  const runBare = (browsers: "reused" | "fresh") => {
    const what = browsers === "reused" ? "bare" : "bare with a fresh browser each";
    return told(what, runBareTurn(deps, { ...turn, browsers }, signal));
  };
  const valet: ValetTurn[] = [await runValet()];
  const bare: BareTurn[] = [await runBare("reused")];
  const bareFresh = [await runBare("fresh")];
  if (isTwice) {
    bare.push(await runBare("reused"));
    valet.push(await runValet());
  }
  const contents = new Set([...valet, ...bare, ...bareFresh].map(({ content }) => content));
  if (contents.size > 1) {
    throw new ValetError("INTERNAL", "The bare script and Valet did not send the same.", {
      contents: contents.size,
    });
  }
  return { workers, parallel, cores, valet, bare, bareFresh };
}
