import type { ValetClient } from "@valet/client";
import { type FieldValue, type HumanStep, type TaskDetail, ValetError } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { questionLines } from "../api/question-lines.ts";
import { usageError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import { printableText } from "../render/printable-text.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface DoneOptions {
  readonly code?: string;
  readonly answer: readonly string[];
  readonly remember?: true;
}

export function addDoneVerb(program: Command, run: RunVerb): void {
  program
    .command("done")
    .description("say that what an application needed you for is done, and let it go on")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .option("--code <code>", "the code that the site has sent you")
    .option(
      "--answer <fieldId=value>",
      "an answer to what the form asks; may be given again",
      collect,
      [],
    )
    .option("--remember", "keep the answers in your profile, for every form that asks the same")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet done ID",
        "valet done ID --code 4F7K2M9X",
        'valet done ID --answer knot="A bowline" --remember',
      ),
    )
    .action((id: string, options: DoneOptions) => run((deps) => done(deps, id, options)));
}

async function done(deps: VerbDeps, taskId: string, options: DoneOptions): Promise<VerbResult> {
  const { context, output } = deps;
  const { signal } = context;
  const client = await connectApi(deps);
  const task = await client.getTask(taskId, signal);
  const step = waitingStep(task);
  if (step.kind === "question" && options.answer.length === 0) {
    output.print("The form asks:");
    for (const line of questionLines(step.questions ?? [])) output.print(line);
    output.print(`Answer with \`valet done ${taskId} --answer ID=VALUE\`.`);
    return { exitCode: exitCodes.waits, json: { taskId, done: false, humanStep: step } };
  }
  await tell(client, { taskId, step, options }, signal);
  output.print(`${output.colors.green("Noted.")} Follow it with \`valet watch ${taskId}\`.`);
  return { exitCode: exitCodes.done, json: { taskId, done: true, stepId: step.id } };
}

/** @throws `NO_OPEN_STEP`, and for a review a pointer to `valet approve`. */
function waitingStep({ id, humanStep, state }: TaskDetail): HumanStep {
  if (humanStep === null) {
    throw new ValetError(
      "NO_OPEN_STEP",
      `This application is ${state.replaceAll("_", " ")}; it does not wait for you.`,
      { state },
    );
  }
  if (humanStep.kind !== "review") return humanStep;
  throw usageError(`It waits for your approval. Look at it with: valet approve ${id}`);
}

function tell(
  client: ValetClient,
  {
    taskId,
    step,
    options,
  }: { readonly taskId: string; readonly step: HumanStep; readonly options: DoneOptions },
  signal: AbortSignal,
): Promise<TaskDetail> {
  const { code, answer, remember = false } = options;
  if (step.kind === "question") {
    return client.answerQuestions(taskId, { answers: parseAnswers(answer), remember }, signal);
  }
  if (answer.length > 0) throw usageError("The form asks no question now; --answer has no use.");
  return client.humanStepDone(taskId, step.id, code === undefined ? {} : { code }, signal);
}

/** The same id several times is an answer of several choices. */
function parseAnswers(pairs: readonly string[]): Record<string, FieldValue> {
  const texts = new Map<string, string[]>();
  for (const pair of pairs) {
    const split = pair.indexOf("=");
    if (split < 1) {
      throw usageError(`--answer wants fieldId=value; "${printableText(pair)}" has no "=".`);
    }
    const id = pair.slice(0, split);
    texts.set(id, [...(texts.get(id) ?? []), pair.slice(split + 1)]);
  }
  return Object.fromEntries(
    [...texts].map(([id, values]) => [id, values.length === 1 ? (values[0] ?? "") : values]),
  );
}

function collect(pair: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, pair];
}
