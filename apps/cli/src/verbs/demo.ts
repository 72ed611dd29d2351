import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TaskDetail } from "@valet/contracts";
import { type Command, Option } from "commander";
import { approveReview } from "../api/approve-review.ts";
import { type FollowOutcome, followToEnd } from "../api/follow-to-end.ts";
import { reportFollowed } from "../api/report-followed.ts";
import { usageError } from "../describe-error.ts";
import { endedRun } from "../demo/ended-run.ts";
import { readEngineVersion } from "../demo/read-engine-version.ts";
import { saveReceipt } from "../demo/save-receipt.ts";
import { type PracticeValet, startPracticeValet } from "../demo/start-practice-valet.ts";
import { exitCodes } from "../exit-code.ts";
import { emptyTaskView } from "@valet/client";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface DemoOptions {
  readonly site: "plain" | "greenhouse";
  readonly copilot?: true;
  readonly yes?: true;
  readonly state?: string;
  readonly keep?: true;
}

const jobPaths = {
  plain: "/plain/jobs/engineer",
  greenhouse: "/greenhouse/acme/jobs/engineer",
} as const;

export function addDemoVerb(program: Command, run: RunVerb): void {
  program
    .command("demo")
    .description("one application to a practice site on this machine, from start to receipt")
    .addOption(
      new Option("--site <site>", "which practice site")
        .choices(Object.keys(jobPaths))
        .default("plain"),
    )
    .option("--copilot", "wait for your approval before it is sent")
    .option("--yes", "approve by itself")
    .option("--state <folder>", "use this state folder and keep it; a temporary one otherwise")
    .option("--keep", "keep the temporary state folder")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText("npm run demo", "npm run demo -- --site greenhouse --copilot"),
    )
    .action((options: DemoOptions) => run((deps) => demo(deps, options)));
}

async function demo(deps: VerbDeps, options: DemoOptions): Promise<VerbResult> {
  const { output, context } = deps;
  const willAsk = options.copilot === true && options.yes !== true;
  if (willAsk && context.stdin.isTTY !== true) {
    throw usageError(
      "--copilot asks for your approval at a terminal; give --yes where there is none.",
    );
  }
  output.progress.write("Starting Valet and a practice site on this machine\n");
  const practice = await startPracticeValet(
    deps,
    {
      stateDir: options.state === undefined ? undefined : resolve(context.cwd, options.state),
      keep: options.keep === true,
    },
    context.signal,
  );
  try {
    return await Promise.race([applyOnce(deps, { practice, options }), practice.valet.failure]);
  } finally {
    await practice.close();
    if (practice.isTemporary && options.keep === true) {
      output.note(`The state was kept in ${practice.valet.stateDir}.`);
    }
  }
}

interface Demo {
  readonly practice: PracticeValet;
  readonly options: DemoOptions;
}

async function applyOnce(deps: VerbDeps, { practice, options }: Demo): Promise<VerbResult> {
  const { context, output } = deps;
  const { signal } = context;
  const { client, resumeId, practiceUrl } = practice;
  const jobUrl = `${practiceUrl}${jobPaths[options.site]}`;
  const mode = options.copilot === true ? "copilot" : "autopilot";
  const task = await client.createTask({ jobUrl, resumeId, mode }, {}, signal);
  output.progress.write(`\nApplying to ${jobUrl} (${mode})\n`);
  const outcome = await followAndApprove(deps, { practice, options }, task.id);
  output.print("");
  const { exitCode } = reportFollowed(output, outcome);
  if (outcome.kind === "waits") {
    const { task } = outcome;
    return { exitCode, json: { outcome: null, taskId: task.id, waitsFor: task.humanStep?.kind } };
  }
  const folder = practice.isTemporary
    ? join(tmpdir(), `valet-demo-${task.id}`)
    : practice.valet.stateDir;
  const receipt = await saveReceipt(client, { taskId: task.id, folder }, signal);
  const document = await documentOf(practice, outcome.task, signal);
  const { submits } = document.ledger;
  output.print(
    `The practice site stored ${submits === 1 ? "1 application" : `${submits} applications`}.`,
  );
  if (receipt !== undefined) output.print(`Receipt: ${receipt.html}\n         ${receipt.json}`);
  // The one promise the outside can check: confirmed means exactly one.
  const isKept = exitCode !== exitCodes.done || submits === 1;
  return {
    exitCode: isKept ? exitCode : exitCodes.failed,
    json: { ...document, receipt: receipt?.json ?? null },
  };
}

/** In copilot the review is asked about at a terminal and approved with --yes. */
async function followAndApprove(
  deps: VerbDeps,
  { practice, options }: Demo,
  taskId: string,
): Promise<FollowOutcome> {
  const { client } = practice;
  let from = emptyTaskView;
  for (;;) {
    const outcome = await followToEnd(
      { client, output: deps.output },
      { taskId, from },
      deps.context.signal,
    );
    const { task } = outcome;
    if (outcome.kind === "ended" || task.humanStep?.kind !== "review") return outcome;
    const yes = options.yes === true;
    const answer = await approveReview(
      { ...deps, client },
      { task, set: [], yes, digest: undefined },
    );
    if (answer.kind === "declined") return outcome;
    from = outcome.view;
  }
}

async function documentOf(practice: PracticeValet, task: TaskDetail, signal: AbortSignal) {
  const steps = await endedRun(practice.client, task.id, signal);
  return {
    outcome: task.outcome,
    taskId: task.id,
    steps: steps.map(({ name, workerId, ms }) => ({ name, workerId, ms })),
    engine: { version: await readEngineVersion(practice.valet.stack.engine) },
    ledger: { submits: await practice.countSubmits() },
  };
}
