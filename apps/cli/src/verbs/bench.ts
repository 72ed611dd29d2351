import { Argument, type Command, InvalidArgumentError } from "commander";
import { type BenchReport, benchReport } from "../bench/bench-report.ts";
import { measureAi } from "../bench/ai/measure-ai.ts";
import { measureApi } from "../bench/api/measure-api.ts";
import { measureBatch } from "../bench/batch/measure-batch.ts";
import { measureConsole } from "../bench/console/measure-console.ts";
import { measureForms } from "../bench/forms/measure-forms.ts";
import { measureResumes } from "../bench/resumes/measure-resumes.ts";
import { measureSubmit } from "../bench/submit/measure-submit.ts";
import { measureSites } from "../bench/sites/measure-sites.ts";
import {
  type DemoSample,
  approveToResumed,
  demoSamples,
  measureDemo,
} from "../bench/measure-demo.ts";
import { measureHuman } from "../bench/measure-human.ts";
import { benchSessions } from "../bench/measure-sessions.ts";
import { type PracticeValet, startPracticeValet } from "../demo/start-practice-valet.ts";
import { exitCodes } from "../exit-code.ts";
import { benchTable } from "../render/bench-table.ts";
import { caseList } from "../render/case-list.ts";
import { formatDuration } from "../render/format-duration.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface BenchOptions {
  readonly quick?: true;
  readonly count?: number;
  readonly peer?: string;
}

const ordinaryCount = 15;
const quickCount = 5;
const p50Floors = { [approveToResumed]: 300 };

export function addBenchVerb(program: Command, run: RunVerb): void {
  program
    .command("bench")
    .description("measure one area against its floors, on a Valet of its own")
    .addArgument(
      new Argument("<name>", "what to measure").choices([
        "demo",
        "sessions",
        "forms",
        "resumes",
        "sites",
        "submit",
        "human",
        "api",
        "ai",
        "batch",
        "console",
      ]),
    )
    .option("--quick", "a sample of what takes long")
    .option("--count <count>", "demo: this many applications", parseCount)
    .option(
      "--peer <command>",
      "resumes: a parser to run beside ours; it gets a file's path as its last argument and prints JSON Resume",
    )
    .option(...jsonOption)
    .addHelpText("after", formsText)
    .addHelpText(
      "after",
      exampleText(
        "valet bench demo --quick",
        "valet bench forms --quick",
        "valet bench forms --json",
        "valet bench sites --quick",
        "valet bench resumes",
        'valet bench resumes --peer "node /opt/other-parser/parse.js --json"',
        "valet bench submit",
        "valet bench human --quick",
        "valet bench api --quick",
        "valet bench ai --quick",
        "valet bench batch",
        "valet bench console",
      ),
    )
    .action((name: string, options: BenchOptions) => run((deps) => bench(deps, name, options)));
}

const formsText =
  "\nsites applies on every practice site under each of its quirks with 20 seeds, with --quick one, and compares\nwhat arrived with what was planned. forms scores every set of the development corpora (VALET_CORPORA) with its ten worst cases. On two quiet\ncores that is a matter of minutes; --quick takes twelve pages of each set. resumes parses those of the corpora and\ncompares with what stands in them. submit applies with the submission guard and without it in turns and compares. human looks at browsers and acts\nin one of them through the live view. api sends events to a thousand clients and accepts applications, each against a bare\nserver. ai fills 594 pages that order a model about, each beside its benign twin, with an engine that obeys them. batch sends a batch through a\nValet of 1, 2 and 4 workers and through a bare Playwright script in turns, and says where the difference goes. console opens the list of applications in a\nbrowser, with 5,000 in it and 50 events a second.\n";

async function bench(deps: VerbDeps, name: string, options: BenchOptions): Promise<VerbResult> {
  const { output } = deps;
  const isQuick = options.quick === true;
  if (isWithCases(name)) return benchWithCases(deps, name, options);
  const report = await measure(deps, { name, options, isQuick });
  output.print(benchTable(report, output.colors));
  const holds = report.rows.every((row) => row.holds);
  return { exitCode: holds ? exitCodes.done : exitCodes.failed, json: report };
}

/** Those that tell which of their cases went wrong. */
const withCases = { forms: measureForms, sites: measureSites, resumes: measureResumes };

function isWithCases(name: string): name is keyof typeof withCases {
  return Object.hasOwn(withCases, name);
}

function measure(
  deps: VerbDeps,
  {
    name,
    options,
    isQuick,
  }: { readonly name: string; readonly options: BenchOptions; readonly isQuick: boolean },
): Promise<BenchReport> {
  const { signal } = deps.context;
  if (name === "sessions") return benchSessions(deps, { isQuick }, signal);
  if (name === "submit") return measureSubmit(deps, { isQuick }, signal);
  if (name === "human") return measureHuman(deps, { isQuick }, signal);
  if (name === "api") return measureApi(deps, { isQuick }, signal);
  if (name === "ai") return measureAi(deps, { isQuick }, signal);
  if (name === "batch") return measureBatch(deps, { isQuick }, signal);
  if (name === "console") return measureConsole(deps, { isQuick }, signal);
  return benchDemo(deps, options);
}

async function benchWithCases(
  deps: VerbDeps,
  name: keyof typeof withCases,
  { quick, peer }: BenchOptions,
): Promise<VerbResult> {
  const { output, context } = deps;
  const chosen = { isQuick: quick === true, ...(peer === undefined ? {} : { peer }) };
  const report = await withCases[name](deps, chosen, context.signal);
  output.print(benchTable(report, output.colors));
  output.print(caseList(report.worst));
  const holds = report.rows.every((row) => row.holds);
  return { exitCode: holds ? exitCodes.done : exitCodes.failed, json: report };
}

async function benchDemo(deps: VerbDeps, options: BenchOptions): Promise<BenchReport> {
  const { context } = deps;
  const count = options.count ?? (options.quick === true ? quickCount : ordinaryCount);
  const practice = await startPracticeValet(deps, {}, context.signal);
  try {
    const samples = await Promise.race([measureAll(deps, practice, count), practice.valet.failure]);
    return benchReport("demo", demoSamples(samples), p50Floors);
  } finally {
    await practice.close();
  }
}

async function measureAll(
  { output, context }: VerbDeps,
  practice: PracticeValet,
  count: number,
): Promise<DemoSample[]> {
  const samples: DemoSample[] = [];
  for (let number = 1; number <= count; number += 1) {
    const sample = await measureDemo(practice, number, context.signal);
    samples.push(sample);
    const resumed = formatDuration(sample.approveToResumedMs);
    const total = formatDuration(sample.postToConfirmedMs);
    output.progress.write(
      `${number}/${count}  approve → resumed ${resumed}, POST → confirmed ${total}\n`,
    );
  }
  return samples;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 200) return count;
  throw new InvalidArgumentError("It is a whole number from 1 to 200.");
}
