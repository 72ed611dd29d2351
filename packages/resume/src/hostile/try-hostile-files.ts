import { monitorEventLoopDelay } from "node:perf_hooks";
import type { ResumeParser } from "../create-resume-parser.ts";
import type { HostileOutcome } from "./try-hostile-file.ts";

export type { HostileOutcome } from "./try-hostile-file.ts";

export interface HostileRun {
  readonly parser: ResumeParser;
  /** Of each family; all unless given. */
  readonly most?: number;
  readonly onFamily: (family: string) => void;
}

export interface HostileReport {
  readonly outcomes: readonly HostileOutcome[];
  /** Of this process's event loop while they were parsed, the 99th percentile in milliseconds. */
  readonly lagP99Ms: number;
}

/** Has a parser read files made to attack it, for benches. Whoever asks for none of that loads none of it. */
export async function tryHostileFiles(
  { parser, most = Infinity, onFamily }: HostileRun,
  signal: AbortSignal,
): Promise<HostileReport> {
  const { hostileFamilies } = await import("./hostile-families.ts");
  const { tryHostileFile } = await import("./try-hostile-file.ts");
  const lag = monitorEventLoopDelay({ resolution: 1 });
  const outcomes: HostileOutcome[] = [];
  for (const [family, files] of Object.entries(hostileFamilies)) {
    for (const file of files.slice(0, most)) {
      outcomes.push(await tryHostileFile({ parser, lag }, file, signal));
    }
    onFamily(family);
  }
  return { outcomes, lagP99Ms: lag.percentile(99) / 1e6 };
}
