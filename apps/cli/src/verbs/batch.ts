import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ValetClient } from "@valet/client";
import {
  type Batch,
  FieldValue,
  AnswersInAdvance,
  TaskPriority,
  mostBatchJobs,
} from "@valet/contracts";
import { type Command, Option } from "commander";
import { z } from "zod";
import { connectApi } from "../api/connect-api.ts";
import { type FaultyRow, type ListedJob, readJobList } from "../batch/read-job-list.ts";
import { usageError } from "../describe-error.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { readJsonFile, readNamedFile } from "../read-json-file.ts";
import {
  batchJobTable,
  batchQuestionLines,
  batchTable,
  progressText,
} from "../render/batch-view.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface BatchOptions {
  readonly resume: string;
  readonly autopilot?: true;
  readonly rehearsal?: true;
  readonly answers?: string;
  readonly priority?: TaskPriority;
  readonly runAt?: string;
  readonly startNow?: true;
  readonly watch?: true;
}

export function addBatchVerb(program: Command, run: RunVerb): void {
  const batch = program.command("batch").description("apply for many jobs at once");
  batch
    .command("start", { isDefault: true })
    .description("accept a batch; what its forms ask is asked once before anything starts")
    .argument("<sources...>", "addresses of jobs, and CSV files with a column `url`")
    .requiredOption("--resume <id or file>", "your résumé: one that is stored, or a file")
    .option("--autopilot", "send without asking, if every required answer is known")
    .option("--rehearsal", "do everything but send")
    .option("--answers <file>", "answers for all of them: [{question, answer}] in a JSON file")
    .addOption(new Option("--priority <priority>", "among yours").choices(TaskPriority.options))
    .option("--run-at <time>", "start none sooner, such as 2026-12-01T08:00:00Z")
    .option("--start-now", "do not look up first what the forms ask")
    .option("--watch", "wait for its end")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet batch jobs.csv --resume cv.pdf --watch"))
    .action((sources: string[], options: BatchOptions) =>
      run((deps) => startBatch(deps, sources, options)),
    );
  batch
    .command("list")
    .description("your batches, newest first")
    .option(...jsonOption)
    .action(() => run(listBatches));
  batch
    .command("show")
    .description("how far a batch is, what it asks, and what became of each job")
    .argument("<id>", "the batch, as `valet batch list` lists it")
    .option("--watch", "wait for its end")
    .option(...jsonOption)
    .action((id: string, { watch }: { watch?: true }) =>
      run(async (deps) => report({ ...deps, client: await connectApi(deps) }, id, watch === true)),
    );
  batch
    .command("cancel")
    .description("start nothing more of a batch, and cancel what was not sent")
    .argument("<id>", "the batch")
    .option(...jsonOption)
    .action((id: string) => run((deps) => cancelBatch(deps, id)));
  batch
    .command("answers")
    .description("answer what a batch asks, or start it without")
    .argument("<id>", "the batch")
    .argument("[file]", "a JSON file: {question id: answer}")
    .option("--start-now", "leave the rest to each application")
    .option(...jsonOption)
    .action((id: string, file: string | undefined, { startNow }: { startNow?: true }) =>
      run((deps) => answerBatch(deps, { id, file, startNow: startNow === true })),
    );
}

type Connected = VerbDeps & { readonly client: ValetClient };

async function startBatch(
  deps: VerbDeps,
  sources: readonly string[],
  options: BatchOptions,
): Promise<VerbResult> {
  const { context, output } = deps;
  const { signal, cwd } = context;
  const { jobs, faults } = await readSources(sources, cwd);
  for (const { file, row, problem } of faults)
    output.note(`${file}:${row} is left out: ${problem}`);
  if (jobs.length === 0) throw usageError("No job was named. Nothing was started.");
  if (jobs.length > mostBatchJobs) {
    throw usageError(
      `${jobs.length} jobs are more than the ${mostBatchJobs} of one batch. Nothing was started. Split the list.`,
    );
  }
  const answers =
    options.answers === undefined
      ? undefined
      : await readJsonFile(AnswersInAdvance, { path: options.answers, cwd });
  const resumeFile = z.uuid().safeParse(options.resume).success
    ? undefined
    : await readNamedFile(options.resume, cwd);
  const client = await connectApi(deps);
  const resumeId =
    resumeFile === undefined
      ? options.resume
      : (
          await client.uploadResume(
            { fileName: basename(options.resume), body: new Uint8Array(resumeFile) },
            signal,
          )
        ).id;
  const batch = await client.createBatch(
    {
      jobs: jobs.map(({ jobUrl, answers: own }) => ({ jobUrl, answers: own })),
      resumeId,
      mode: options.autopilot === true ? "autopilot" : "copilot",
      rehearsal: options.rehearsal === true,
      ...(answers === undefined ? {} : { answers }),
      ...(options.priority === undefined ? {} : { priority: options.priority }),
      ...(options.runAt === undefined ? {} : { runAt: options.runAt }),
      ...(options.startNow === true ? { start: "now" as const } : {}),
    },
    {},
    signal,
  );
  output.progress.write(`Batch ${batch.id}\n`);
  const reported = await report({ ...deps, client }, batch.id, options.watch === true);
  return { ...reported, json: { batch: reported.json, faults } };
}

/** Addresses as they stand, and files row by row. */
async function readSources(
  sources: readonly string[],
  cwd: string,
): Promise<{
  readonly jobs: readonly Omit<ListedJob, "row">[];
  readonly faults: readonly (FaultyRow & { readonly file: string })[];
}> {
  const jobs: Omit<ListedJob, "row">[] = [];
  const faults: (FaultyRow & { file: string })[] = [];
  for (const source of sources) {
    if (/^https?:/i.test(source)) {
      jobs.push({ jobUrl: source, answers: [] });
      continue;
    }
    const list = readJobList((await readNamedFile(source, cwd)).toString("utf8"));
    jobs.push(...list.jobs);
    faults.push(...list.faults.map((fault) => ({ ...fault, file: source })));
  }
  return { jobs, faults };
}

const lookEveryMs = 1_000;

/** Shows the batch; when it is watched, once it has ended or waits for the person. */
async function report(deps: Connected, id: string, isWatched: boolean): Promise<VerbResult> {
  const { client, context, output } = deps;
  const { signal } = context;
  let said = "";
  for (;;) {
    const batch = await client.getBatch(id, { limit: mostBatchJobs }, signal);
    const isOver = batch.state === "done" || batch.state === "cancelled";
    if (!isWatched || isOver || batch.state === "asking") {
      output.print(batchJobTable(batch.jobs, { ...output, width: context.stdout.columns ?? 160 }));
      output.print(`${batch.state}: ${progressText(batch)}`);
      for (const line of batchQuestionLines(batch)) output.print(line);
      return { exitCode: exitCodeOf(batch), json: batch };
    }
    const now = `${batch.state}: ${progressText(batch)}`;
    if (now !== said) output.progress.write(`${now}\n`);
    said = now;
    await delay(lookEveryMs, undefined, { signal });
  }
}

function exitCodeOf({ state, counts }: Batch): ExitCode {
  if (state === "asking") return exitCodes.waits;
  if (state === "cancelled") return exitCodes.failed;
  if (state !== "done") return exitCodes.done;
  const { failed = 0, cancelled = 0 } = counts.tasks;
  const isNothing = (counts.byState.started ?? 0) === 0;
  return isNothing || failed + cancelled > 0 ? exitCodes.failed : exitCodes.done;
}

async function listBatches(deps: VerbDeps): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const batches = await client.listBatches({}, context.signal);
  if (batches.length === 0) output.print("No batches here yet. Start one with `valet batch`.");
  else output.print(batchTable(batches, output.colors));
  return { exitCode: exitCodes.done, json: { batches } };
}

async function cancelBatch(deps: VerbDeps, id: string): Promise<VerbResult> {
  const client = await connectApi(deps);
  const batch = await client.cancelBatch(id, deps.context.signal);
  deps.output.print(`${batch.id} is ${batch.state}: ${progressText(batch)}`);
  return { exitCode: exitCodes.done, json: batch };
}

interface AnswersInput {
  readonly id: string;
  readonly file: string | undefined;
  readonly startNow: boolean;
}

async function answerBatch(
  deps: VerbDeps,
  { id, file, startNow }: AnswersInput,
): Promise<VerbResult> {
  const { context, output } = deps;
  const { signal, cwd } = context;
  if (file === undefined && !startNow) {
    throw usageError("Name a file with answers, or say --start-now. Nothing was changed.");
  }
  const schema = z.record(z.string(), FieldValue);
  const answers = file === undefined ? {} : await readJsonFile(schema, { path: file, cwd });
  const client = await connectApi(deps);
  const body = { answers, ...(startNow ? { start: "now" as const } : {}) };
  const batch = await client.answerBatch(id, body, signal);
  output.print(`${batch.id} is ${batch.state}`);
  for (const line of batchQuestionLines(batch)) output.print(line);
  return { exitCode: exitCodeOf(batch), json: batch };
}
