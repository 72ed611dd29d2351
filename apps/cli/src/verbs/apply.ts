import { basename } from "node:path";
import { emptyTaskView, type ValetClient } from "@valet/client";
import { AnswersInAdvance, Profile, type Task, TaskPriority } from "@valet/contracts";
import { type Command, Option } from "commander";
import { approveReview } from "../api/approve-review.ts";
import { connectApi } from "../api/connect-api.ts";
import { type FollowOutcome, followToEnd } from "../api/follow-to-end.ts";
import { reportFollowed } from "../api/report-followed.ts";
import { type StartTimeOptions, startTimeOf } from "../api/start-time.ts";
import { exitCodes } from "../exit-code.ts";
import type { Output } from "../output.ts";
import { readJsonFile, readNamedFile } from "../read-json-file.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface ApplyOptions extends StartTimeOptions {
  readonly resume: string;
  readonly autopilot?: true;
  readonly rehearsal?: true;
  readonly profile?: string;
  readonly answers?: string;
  readonly priority?: TaskPriority;
}

export function addApplyVerb(program: Command, run: RunVerb): void {
  program
    .command("apply")
    .description("apply for a job; without --autopilot you approve what is sent before it is sent")
    .argument("<url>", "the job posting or its application form")
    .requiredOption("--resume <file>", "your résumé, PDF or DOCX, at most 10 MB")
    .option("--autopilot", "send without asking, if every required answer is known")
    .option("--rehearsal", "do everything but send")
    .option("--profile <file>", "store this profile first (as `valet profile set` does)")
    .option(
      "--answers <file>",
      "answers for this application alone: [{question, answer}] in a JSON file",
    )
    .addOption(
      new Option("--priority <priority>", "among yours that wait").choices(TaskPriority.options),
    )
    .option("--run-at <time>", "start no sooner, such as 2026-12-01T08:00:00Z; returns at once")
    .option("--window <hours>", 'start only then, such as "mon,tue 09:00-17:30"; returns at once')
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet apply https://jobs.example.com/engineer --resume cv.pdf --rehearsal",
        "valet apply https://jobs.example.com/engineer --resume cv.pdf --answers answers.json",
        'valet apply https://jobs.example.com/engineer --resume cv.pdf --window "09:00-17:30"',
      ),
    )
    .action((url: string, options: ApplyOptions) => run((deps) => apply(deps, url, options)));
}

async function apply(deps: VerbDeps, jobUrl: string, options: ApplyOptions): Promise<VerbResult> {
  const { context, output } = deps;
  const { cwd, signal } = context;
  const startTime = startTimeOf(options);
  // Everything the person gave is read before anything is stored.
  const resumeBytes = await readNamedFile(options.resume, cwd);
  const profile =
    options.profile === undefined
      ? undefined
      : await readJsonFile(Profile, { path: options.profile, cwd });
  const answers =
    options.answers === undefined
      ? undefined
      : await readJsonFile(AnswersInAdvance, { path: options.answers, cwd });
  const client = await connectApi(deps);
  if (profile !== undefined) await client.putProfile(profile, signal);
  const resume = await client.uploadResume(
    { fileName: basename(options.resume), body: new Uint8Array(resumeBytes) },
    signal,
  );
  const task = await client.createTask(
    {
      jobUrl,
      resumeId: resume.id,
      mode: options.autopilot === true ? "autopilot" : "copilot",
      rehearsal: options.rehearsal === true,
      ...(answers === undefined ? {} : { answers }),
      ...(options.priority === undefined ? {} : { priority: options.priority }),
      ...startTime,
    },
    {},
    signal,
  );
  output.progress.write(`Application ${task.id}\n`);
  // It may be days away, so nobody is kept at the terminal.
  if (startTime.runAt !== undefined || startTime.window !== undefined) {
    return reportLater(output, task);
  }
  return reportFollowed(output, await followAndAsk({ ...deps, client }, task.id));
}

function reportLater(
  output: Output,
  { id, jobUrl, mode, rehearsal, state, runAt, window }: Task,
): VerbResult {
  const when =
    runAt === null
      ? `between ${window?.from} and ${window?.to}`
      : `on ${new Date(runAt).toLocaleString()} or later`;
  output.print(`It starts ${when}. Follow it with \`valet watch ${id}\`.`);
  const json = { taskId: id, jobUrl, mode, rehearsal, state, runAt, window };
  return { exitCode: exitCodes.done, json };
}

/** At a terminal the review is shown and asked about right here. */
async function followAndAsk(
  deps: VerbDeps & { readonly client: ValetClient },
  taskId: string,
): Promise<FollowOutcome> {
  const { context } = deps;
  let from = emptyTaskView;
  for (;;) {
    const outcome = await followToEnd(deps, { taskId, from }, context.signal);
    const { task } = outcome;
    const mayAsk = context.stdin.isTTY === true && !deps.output.json;
    if (outcome.kind === "ended" || task.humanStep?.kind !== "review" || !mayAsk) return outcome;
    const answer = await approveReview(deps, { task, set: [], yes: false, digest: undefined });
    if (answer.kind === "declined") return outcome;
    from = outcome.view;
  }
}
