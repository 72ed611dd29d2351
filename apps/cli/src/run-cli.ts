import { isValetError } from "@valet/contracts";
import { loadConfig } from "@valet/runtime";
import { Command, CommanderError } from "commander";
import type { CliContext } from "./cli-context.ts";
import { Config } from "./config.ts";
import { describeError } from "./describe-error.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { type Output, createOutput } from "./output.ts";
import { type RunVerb, type VerbResult, exampleText } from "./verb.ts";
import { addAccountVerb } from "./verbs/account.ts";
import { addAnswerVerb } from "./verbs/answer.ts";
import { addResumeVerb } from "./verbs/resume.ts";
import { addApplyVerb } from "./verbs/apply.ts";
import { addApproveVerb } from "./verbs/approve.ts";
import { addBatchVerb } from "./verbs/batch.ts";
import { addBenchVerb } from "./verbs/bench.ts";
import { addCancelVerb } from "./verbs/cancel.ts";
import { addDoneVerb } from "./verbs/done.ts";
import { addCaptchaVerb } from "./verbs/captcha.ts";
import { addSiteVerb } from "./verbs/site.ts";
import { addDemoVerb } from "./verbs/demo.ts";
import { addDoctorVerb } from "./verbs/doctor.ts";
import { addFormVerb } from "./verbs/form.ts";
import { addKeysVerb } from "./verbs/keys.ts";
import { addLimitsVerb } from "./verbs/limits.ts";
import { addPreviewVerb } from "./verbs/preview.ts";
import { addProfileVerb } from "./verbs/profile.ts";
import { addResolveVerb } from "./verbs/resolve.ts";
import { addRetryVerb } from "./verbs/retry.ts";
import { addRunsVerb } from "./verbs/runs.ts";
import { addScheduleVerb } from "./verbs/schedule.ts";
import { addSessionsVerb } from "./verbs/sessions.ts";
import { addTasksVerb } from "./verbs/tasks.ts";
import { addUpVerb } from "./verbs/up.ts";
import { addUserVerb } from "./verbs/user.ts";
import { addWatchVerb } from "./verbs/watch.ts";
import { addWebhooksVerb } from "./verbs/webhooks.ts";

const verbs = [
  addUpVerb,
  addDemoVerb,
  addDoctorVerb,
  addPreviewVerb,
  addApplyVerb,
  addBatchVerb,
  addTasksVerb,
  addWatchVerb,
  addApproveVerb,
  addDoneVerb,
  addCancelVerb,
  addResolveVerb,
  addRetryVerb,
  addUserVerb,
  addKeysVerb,
  addProfileVerb,
  addAccountVerb,
  addScheduleVerb,
  addWebhooksVerb,
  addLimitsVerb,
  addSessionsVerb,
  addRunsVerb,
  addFormVerb,
  addAnswerVerb,
  addResumeVerb,
  addCaptchaVerb,
  addSiteVerb,
  addBenchVerb,
];

/** Runs one command line to its end; whatever goes wrong is said in one or two lines. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const output = createOutput({
    ...context,
    json: argv.includes("--json"),
    noColor: (context.env["NO_COLOR"] ?? "") !== "",
  });
  try {
    const result = await parseAndRun(argv, { context, output });
    if (result === undefined) return exitCodes.done;
    if (result.json !== undefined) output.document(result.json);
    return result.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    return reportError(error, { context, output });
  }
}

async function parseAndRun(
  argv: readonly string[],
  { context, output }: { readonly context: CliContext; readonly output: Output },
): Promise<VerbResult | undefined> {
  let result: VerbResult | undefined;
  const run: RunVerb = async (work) => {
    const config = loadConfig(Config, { ...context.env });
    result = await work({ context, config, output });
  };
  await buildProgram({ context, output }, run).parseAsync([...argv], { from: "user" });
  return result;
}

function buildProgram(
  { context, output }: { readonly context: CliContext; readonly output: Output },
  run: RunVerb,
): Command {
  const program = new Command("valet")
    .description(
      "Applies for jobs on your behalf: only true answers, only what you approved, at most once.",
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => output.note(text.trimEnd()),
      // What went wrong is reported once, by us; help that was not asked for comes through here.
      outputError: () => undefined,
    })
    .exitOverride()
    // What stands behind a verb is that verb's: `runs cancel --state` is not of `runs`.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      exampleText("npm run -s valet -- demo", "npm run -s valet -- tasks --json"),
    );
  for (const addVerb of verbs) addVerb(program, run);
  for (const command of descendants(program)) {
    command.helpOption("-h, --help", "show this help").exitOverride();
  }
  return program;
}

function descendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => descendants(child))];
}

function reportError(
  error: unknown,
  { context, output }: { readonly context: CliContext; readonly output: Output },
): ExitCode {
  const described = describeError(error, context.signal);
  const { code, message, exitCode } = described;
  output.note(`${output.noteColors.red("error")} ${code}: ${message}`);
  for (const line of lastLogLines(error)) output.note(`  ${output.noteColors.dim(line)}`);
  if (code === "USAGE") output.note("`--help` behind a verb shows how it is used.");
  if (context.env["VALET_LOG_LEVEL"] === "debug" && error instanceof Error) {
    output.note(debugText(error));
  }
  output.document({ error: { code, message } });
  return exitCode;
}

const shownLogLines = 6;

/** A process that did not start: its log says why, and a temporary one is gone in a moment. */
function lastLogLines(error: unknown): readonly string[] {
  if (!isValetError(error, "STACK_START_FAILED")) return [];
  const { lastLines } = error.details;
  if (!Array.isArray(lastLines)) return [];
  return lastLines.filter((line) => typeof line === "string").slice(-shownLogLines);
}

function debugText(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${debugText(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
