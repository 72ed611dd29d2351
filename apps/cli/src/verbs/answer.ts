import { Profile, type ScreeningAnswer, ScreeningQuestions } from "@valet/contracts";
import { answerQuestions } from "@valet/forms";
import { type Command, InvalidArgumentError } from "commander";
import { exitCodes } from "../exit-code.ts";
import { eachFile } from "../offline/each-file.ts";
import { readJsonFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface AnswerOptions {
  readonly profile: string;
  readonly questions: readonly string[];
  readonly today?: string;
}

const questionsShape = `
A file of questions is {"job": {"company", "title", "location"}, "questions": [{"id", "question",
"kind", "options", "required", "section", "help"}]}. What no stored fact answers is asked
(\`ask\`) when required and left alone (\`skip\`) when not; nothing is made up. What only follows
from the facts, such as no experience with what a list of skills lacks, says "concluded" in its why;
\`application.completeLists\` of the profile says which lists are complete. With several files \`--json\`
prints one line each, with its \`file\`; one that cannot be read gives its error and exit code 1.
`;

export function addAnswerVerb(program: Command, run: RunVerb): void {
  program
    .command("answer")
    .description("answer screening questions from a profile, without a page or a running Valet")
    .requiredOption("--profile <file>", "the facts: JSON Resume plus `application`")
    .requiredOption("--questions <file...>", "the questions and the job they are about")
    .option("--today <date>", "answer as of this day (YYYY-MM-DD)", parseDate)
    .option(...jsonOption)
    .addHelpText(
      "after",
      questionsShape +
        exampleText(
          "valet answer --profile profile.json --questions questions.json --json",
          "valet answer --profile profile.json --questions *.questions.json --today 2026-10-02",
        ),
    )
    .action((options: AnswerOptions) => run((deps) => answer(deps, options)));
}

async function answer({ context, output }: VerbDeps, options: AnswerOptions): Promise<VerbResult> {
  const { cwd } = context;
  const profile = await readJsonFile(Profile, { path: options.profile, cwd });
  const today = options.today ?? localDate(new Date());
  const [only = "", ...others] = options.questions;
  if (others.length > 0) return answerEach({ context, output }, { ...options, profile, today });
  const asked = await readJsonFile(ScreeningQuestions, { path: only, cwd });
  const answers = answerQuestions({ profile, ...asked, today });
  output.print(answerTable(asked, answers));
  return { exitCode: exitCodes.done, json: { answers } };
}

interface SeveralFiles {
  readonly questions: readonly string[];
  readonly profile: Profile;
  readonly today: string;
}

async function answerEach(
  deps: Pick<VerbDeps, "context" | "output">,
  { questions, profile, today }: SeveralFiles,
): Promise<VerbResult> {
  return eachFile(deps, questions, async (file) => {
    const asked = await readJsonFile(ScreeningQuestions, { path: file, cwd: deps.context.cwd });
    const answers = answerQuestions({ profile, ...asked, today });
    return { document: { answers }, text: `${file}\n${answerTable(asked, answers)}` };
  });
}

function answerTable(
  { questions }: ScreeningQuestions,
  answers: readonly ScreeningAnswer[],
): string {
  const rows = answers.map(({ action, value, source, confidence, why }, index) => [
    shorten(printableText(questions[index]?.question ?? ""), 60),
    action,
    shorten(printableText([value ?? ""].flat().join("; ")), 40),
    source ?? "",
    confidence.toFixed(2),
    shorten(printableText(why), 60),
  ]);
  return columnTable([["question", "action", "answer", "from", "sure", "why"], ...rows]);
}

function parseDate(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const time = isDay ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("It is a day such as 2026-10-02.");
}

/** The day where this command runs. */
function localDate(now: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
