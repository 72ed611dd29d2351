import { basename } from "node:path";
import { type PlannedField, Profile } from "@valet/contracts";
import { type FormPage, planFields, readSteadyForm } from "@valet/forms";
import type { Command } from "commander";
import { answerEachFile, type PageToAnswer } from "../offline/answer-each-file.ts";
import { readJsonFile, readNamedFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText } from "../verb.ts";

interface PlanOptions {
  readonly js: boolean;
  readonly offline?: true;
  readonly profile: string;
  readonly resume?: string;
}

interface PlannedPage {
  readonly fields: readonly (PlannedField & { readonly label: string })[];
}

/** `valet form plan`: `command` is the bare subcommand with what all page verbs take. */
export function addFormPlan(command: Command, run: RunVerb): void {
  command
    .description("say what would go into each field, from where and why; changes nothing")
    .requiredOption("--profile <file>", "the facts: JSON Resume plus `application`")
    .option("--resume <file>", "the file for its upload field")
    .addHelpText("after", exampleText("valet form plan page.html --profile profile.json --json"))
    .action((files: string[], options: PlanOptions) => run((deps) => plan(deps, files, options)));
}

async function plan(
  deps: VerbDeps,
  files: readonly string[],
  options: PlanOptions,
): Promise<VerbResult> {
  const { cwd } = deps.context;
  const profile = await readJsonFile(Profile, { path: options.profile, cwd });
  // A file that is not there is said now, not when it is to be uploaded.
  if (options.resume !== undefined) await readNamedFile(options.resume, cwd);
  const resume = options.resume === undefined ? null : { fileName: basename(options.resume) };
  const today = new Date().toISOString().slice(0, 10);
  return answerEachFile(deps, {
    files,
    javaScript: options.js,
    network: options.offline !== true,
    answer: async ({ page }: PageToAnswer, signal) => {
      const form = await readSteadyForm(page, signal);
      return withLabels(form, planFields({ fields: form.fields, profile, resume, today }));
    },
    render: planTable,
  });
}

function withLabels({ fields }: FormPage, planned: readonly PlannedField[]): PlannedPage {
  const labels = new Map(fields.map(({ id, label }) => [id, label]));
  return { fields: planned.map((entry) => ({ ...entry, label: labels.get(entry.id) ?? "" })) };
}

function planTable({ file, fields }: PlannedPage & { readonly file: string }): string {
  const rows = fields.map(({ label, action, value, source, confidence, why }) => [
    shorten(printableText(label), 60),
    action,
    shorten(printableText([value ?? ""].flat().join("; ")), 40),
    source ?? "",
    confidence.toFixed(2),
    shorten(printableText(why), 80),
  ]);
  return `${file}\n${columnTable([["label", "action", "value", "from", "sure", "why"], ...rows])}`;
}
