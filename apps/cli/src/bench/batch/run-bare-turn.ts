import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { demoResume } from "../../demo/demo-resume.ts";
import { handedOn } from "../../local/start-app.ts";
import type { VerbDeps } from "../../verb.ts";
import { inBenchFolder } from "../in-bench-state.ts";
import { type BareInput, BareOutput } from "./bare-protocol.ts";
import { startBenchPractice } from "./start-bench-practice.ts";
import { type Turn, type TurnInput, jobsOf } from "./turn.ts";
import { watchProcessors } from "./watch-processors.ts";

/** What Valet enters for the invented applicant; that it is the same is compared in the ledgers. */
const person: BareInput["person"] = {
  firstName: "Ada",
  lastName: "Example",
  email: "ada@example.com",
  phone: "+1 303 555 0142",
  country: "US",
  linkedin: "https://www.linkedin.com/in/ada-example",
  isAuthorized: "yes",
  needsSponsorship: "no",
  years: "8",
  referral: "Company website",
};

export interface BareTurn extends Turn {
  /** How long each application took. */
  readonly applicationMs: readonly number[];
  /** What the site stored of every application, as one text. */
  readonly content: string;
}

/** One turn of the bare script, with nothing of Valet's running. */
export async function runBareTurn(
  deps: VerbDeps,
  turn: TurnInput & Pick<BareInput, "browsers">,
  signal: AbortSignal,
): Promise<BareTurn> {
  const { parallel, warmUps, browsers } = turn;
  const place = await inBenchFolder(async (folder) => ({
    stateDir: folder.stateDir,
    practice: await startBenchPractice(deps, folder, signal),
  }));
  try {
    const { practice, stateDir } = place;
    const pictures = join(stateDir, "pictures");
    await mkdir(pictures);
    const resume = join(stateDir, "ada-example.pdf");
    await writeFile(resume, demoResume());
    const jobs = jobsOf(turn);
    const input: BareInput = {
      executablePath: deps.config.VALET_CHROMIUM,
      folder: pictures,
      postings: jobs.map(practice.postingOf),
      warmUps,
      parallel,
      browsers,
      person,
      resume,
    };
    const script = fileURLToPath(new URL("bare-applications.ts", import.meta.url));
    const running = promisify(execFile)(process.execPath, [script, JSON.stringify(input)], {
      cwd: stateDir,
      env: handedOn(deps.context.env),
      signal,
    });
    const pids = [
      { name: "bare-script", pid: running.child.pid ?? 0 },
      { name: "practice-ats", pid: practice.pid },
      { name: "bench", pid: process.pid },
    ];
    const watch = watchProcessors(() => pids);
    const { stdout } = await running.finally(watch.close);
    const { startedAt, endedAt, applicationMs } = BareOutput.parse(JSON.parse(stdout));
    return {
      confirmed: applicationMs.length,
      tookMs: endedAt - startedAt,
      processors: watch.between(startedAt, endedAt),
      applicationMs,
      content: await practice.assertEachOnce(jobs),
    };
  } finally {
    await place.close();
  }
}
