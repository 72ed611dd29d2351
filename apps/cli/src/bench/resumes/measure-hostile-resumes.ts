import { type ResumeParser, tryHostileFiles } from "@valet/resume";
import { type BenchRow, benchRow, round } from "../bench-report.ts";

const mostLagMs = 20;
const mostMs = 10_000;
const mostMb = 300;
const quickFiles = 3;

/** Rows on what files cost that attack whoever reads them; the parser is left as it was. */
export async function measureHostileResumes(
  parser: ResumeParser,
  { isQuick, onFamily }: { readonly isQuick: boolean; readonly onFamily: (family: string) => void },
  signal: AbortSignal,
): Promise<readonly BenchRow[]> {
  const run = { parser, onFamily, ...(isQuick ? { most: quickFiles } : {}) };
  const { outcomes, lagP99Ms } = await tryHostileFiles(run, signal);
  const most = (values: readonly number[]) => round(Math.max(...values));
  return [
    benchRow({
      what: "event loop lag p99 while parsing",
      value: round(lagP99Ms),
      floor: mostLagMs,
    }),
    benchRow({
      what: `slowest of ${outcomes.length} hostile files`,
      value: most(outcomes.map(({ ms }) => ms)),
      floor: mostMs,
    }),
    benchRow({
      what: "memory for a hostile file",
      value: most(outcomes.map(({ deltaMb }) => deltaMb)),
      unit: "MB",
      floor: mostMb,
    }),
    benchRow({
      what: "hostile files that caused another error",
      value: outcomes.filter(({ outcome }) => outcome.startsWith("an unexpected")).length,
      unit: "count",
      floor: 0,
    }),
  ];
}
