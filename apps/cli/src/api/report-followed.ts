import type { HumanStep, TaskDetail } from "@valet/contracts";
import { exitCodes } from "../exit-code.ts";
import type { Output } from "../output.ts";
import { printableText } from "../render/printable-text.ts";
import { outcomeText, waitText } from "@valet/client";
import type { VerbResult } from "../verb.ts";
import type { FollowOutcome } from "./follow-to-end.ts";
import { questionLines } from "./question-lines.ts";

/** Says how following ended and what to do next. */
export function reportFollowed(output: Output, outcome: FollowOutcome): VerbResult {
  const { task } = outcome;
  if (outcome.kind === "waits") {
    output.print(
      `${output.colors.yellow(waitText(task.humanStep?.kind ?? "question"))}: ${task.id}`,
    );
    for (const line of whatToDo(task)) output.print(line);
    return { exitCode: exitCodes.waits, json: taskSummary(task) };
  }
  printEnd(output, task);
  printSpend(output, task);
  const exitCode = task.state === "completed" ? exitCodes.done : exitCodes.failed;
  return { exitCode, json: taskSummary(task) };
}

function whatToDo({ id, humanStep }: TaskDetail): string[] {
  if (humanStep === null) return [];
  if (humanStep.kind === "review") return [`Look at it and decide: valet approve ${id}`];
  const until = `It waits until ${new Date(humanStep.expiresAt).toLocaleString()}; then it ends, and nothing is sent.`;
  const questions = questionLines(humanStep.questions ?? []);
  return [printableText(humanStep.reason), ...questions, commandFor(humanStep, id), until];
}

function commandFor({ kind }: HumanStep, id: string): string {
  switch (kind) {
    case "question":
      return `Answer: valet done ${id} --answer ID=VALUE`;
    case "email_code":
      return `Say the code: valet done ${id} --code CODE`;
    default:
      return `When it is done: valet done ${id}`;
  }
}

function printEnd(output: Output, task: TaskDetail): void {
  const { colors } = output;
  const isGood = task.state === "completed";
  const reference = task.confirmation?.reference;
  const title = isGood ? colors.green(outcomeText(task)) : colors.red(outcomeText(task));
  output.print(reference === undefined ? title : `${title}, reference ${printableText(reference)}`);
  if (task.message !== null) output.print(printableText(task.message));
  for (const { question, options } of task.questions) {
    const choice = options.length > 0 ? ` (${options.map(printableText).join(" / ")})` : "";
    output.print(`  - ${printableText(question)}${choice}`);
  }
}

function printSpend(output: Output, { spend }: TaskDetail): void {
  const { calls, inputTokens, outputTokens, usd } = spend;
  if (calls === 0) return;
  output.print(
    `Questions to a model: ${calls}, about $${usd.toFixed(4)} (${inputTokens} tokens in, ${outputTokens} out).`,
  );
}

/** The document of `--json` for one application. */
export function taskSummary(task: TaskDetail) {
  const { id, jobUrl, mode, rehearsal, state, outcome, reason, message, pct, runId } = task;
  const { humanStep, questions, confirmation, spend } = task;
  const head = { taskId: id, jobUrl, mode, rehearsal, state, outcome, reason, message, pct, runId };
  return { ...head, humanStep, questions, confirmation, spend };
}
