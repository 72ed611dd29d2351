import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "../bench-report.ts";
import { percentile } from "../percentile.ts";
import { type DecisionTimes, measureDecisions } from "./measure-decisions.ts";
import { type MeasuredPairs, measurePairs } from "./measure-pairs.ts";

const ordinary = { pairs: 16, decisions: 15 };
const quick = { pairs: 4, decisions: 3 };
/** What gate, egress proxy and latch may add to a whole application. */
const mostCost = 0.08;

/** What the submission guard costs, against the same applications without it in the same run. */
export async function measureSubmit(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const counts = isQuick ? quick : ordinary;
  const say = (text: string) => void deps.output.progress.write(`${text}\n`);
  const chromium = deps.config.VALET_CHROMIUM;
  const measured = await measurePairs({ chromium, say }, counts.pairs, signal);
  say(`${counts.decisions} applications through a Valet of its own`);
  const decisions = await measureDecisions(deps, counts.decisions, signal);
  return submitReport(measured, decisions);
}

export function submitReport(
  { pairs, lost }: MeasuredPairs,
  { decision, armToDispatched }: DecisionTimes,
): BenchReport {
  const guarded = pairs.map((pair) => round(pair.guarded.jobMs));
  const bare = pairs.map((pair) => round(pair.bare.jobMs));
  const storedGuarded = pairs.map((pair) => pair.guarded.storedMs);
  const storedBare = pairs.map((pair) => pair.bare.storedMs);
  const cpuGuarded = pairs.map((pair) => round(pair.guarded.cpuMs));
  const cpuBare = pairs.map((pair) => round(pair.bare.cpuMs));
  const each = pairs.map((pair) => share(pair.guarded.jobMs, pair.bare.jobMs));
  const cost = share(percentile(guarded, 0.5), percentile(bare, 0.5));
  return {
    name: "submit",
    rows: [
      benchRow({ what: "pairs of applications", value: pairs.length, unit: "count", floor: null }),
      benchRow({ what: "not confirmed, guarded", value: lost.guarded, unit: "count", floor: null }),
      benchRow({ what: "not confirmed, bare", value: lost.bare, unit: "count", floor: null }),
      benchRow({
        what: "guard's cost on the whole job",
        value: cost,
        unit: "ratio",
        floor: mostCost,
      }),
      benchRow({
        what: "guard's cost in processor time",
        value: share(percentile(cpuGuarded, 0.5), percentile(cpuBare, 0.5)),
        unit: "ratio",
        floor: null,
      }),
      ...[0.25, 0.5, 0.75].map((at) => costRow(each, at)),
      ...timeRows("whole job, guarded", guarded),
      ...timeRows("whole job, bare", bare),
      ...timeRows("click → stored, guarded", storedGuarded),
      ...timeRows("click → stored, bare", storedBare),
      ...timeRows("gate's decision", decision),
      ...timeRows("armed → dispatched", armToDispatched),
    ],
    samples: {
      "whole job, guarded": guarded,
      "whole job, bare": bare,
      "cost of each pair (ratio)": each,
      "processor time, guarded": cpuGuarded,
      "processor time, bare": cpuBare,
      "click → stored, guarded": storedGuarded,
      "click → stored, bare": storedBare,
      "gate's decision": decision,
      "armed → dispatched": armToDispatched,
    },
  };
}

function costRow(each: readonly number[], at: number): BenchRow {
  const what = `cost of each pair p${at * 100}`;
  return benchRow({ what, value: percentile(each, at), unit: "ratio", floor: null });
}

function timeRows(what: string, sample: readonly number[]): BenchRow[] {
  return [0.5, 0.95].map((at) =>
    benchRow({ what: `${what} p${at * 100}`, value: round(percentile(sample, at)), floor: null }),
  );
}

/** How much more the first is, as a share of the second: 0.05 is 5 %. */
function share(more: number, than: number): number {
  return Math.round((more / than - 1) * 1_000) / 1_000;
}
