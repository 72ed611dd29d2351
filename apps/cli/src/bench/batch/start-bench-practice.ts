import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { z } from "zod";
import { startApp } from "../../local/start-app.ts";
import type { VerbDeps } from "../../verb.ts";
import { type BenchFolder, urlOf } from "../in-bench-state.ts";

const LedgerLine = z.object({
  kind: z.string(),
  stored: z.boolean(),
  job: z.string(),
  fields: z.record(z.string(), z.unknown()),
  file: z.object({ sha256: z.string() }).optional(),
});

/** The practice sites for one turn, with a ledger of its own. */
export interface BenchPractice {
  readonly url: string;
  readonly pid: number;
  readonly postingOf: (job: string) => string;
  /**
   * What the sites stored of every application, each the same: as one text.
   *
   * @throws `INTERNAL` unless each job has exactly one application and there are no others.
   */
  readonly assertEachOnce: (jobs: readonly string[]) => Promise<string>;
}

export async function startBenchPractice(
  deps: VerbDeps,
  { stateDir, onClose }: BenchFolder,
  signal: AbortSignal,
): Promise<BenchPractice> {
  const ledger = join(stateDir, "ledger.jsonl");
  const app = await startApp(
    {
      app: "practice-ats",
      stateDir,
      callerEnv: deps.context.env,
      env: { PRACTICE_PORT: "0", PRACTICE_LEDGER: ledger },
      log: () => undefined,
    },
    signal,
  );
  onClose(() => app.close());
  const url = urlOf(app);
  return {
    url,
    pid: app.pid,
    postingOf: (job) => `${url}/plain/jobs/${job}`,
    assertEachOnce: async (jobs) => eachOnce(await readFile(ledger, "utf8"), jobs),
  };
}

/** As `assertEachOnce`, of a ledger's text. */
export function eachOnce(ledger: string, jobs: readonly string[]): string {
  const stored = ledger
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => LedgerLine.parse(JSON.parse(line)))
    .filter((line) => line.kind === "application" && line.stored);
  const came = stored.map(({ job }) => job).toSorted();
  if (JSON.stringify(came) !== JSON.stringify(jobs.toSorted())) {
    throw new ValetError("INTERNAL", "Not every application arrived exactly once.", {
      wanted: jobs.length,
      came: came.length,
      jobs: new Set(came).size,
    });
  }
  const contents = new Set(stored.map(({ fields, file }) => contentOf(fields, file?.sha256)));
  const [content] = contents;
  if (contents.size === 1 && content !== undefined) return content;
  throw new ValetError("INTERNAL", "The applications of one turn do not say the same.", {
    contents: contents.size,
  });
}

function contentOf(fields: Readonly<Record<string, unknown>>, file: string | undefined): string {
  const sorted = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([sorted, file]);
}
