import type { FormField } from "@valet/contracts";
import { type FormPage, readSteadyForm } from "@valet/forms";
import type { Command } from "commander";
import { type PageToAnswer, answerEachFile } from "../offline/answer-each-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { type RunVerb, exampleText, jsonOption } from "../verb.ts";
import { addFormFill } from "./form-fill.ts";
import { addFormPlan } from "./form-plan.ts";

interface OpeningOptions {
  /** False with `--no-js`. */
  readonly js: boolean;
  readonly offline?: true;
}

type FieldList = Pick<FormPage, "fields">;

export function addFormVerb(program: Command, run: RunVerb): void {
  const form = program
    .command("form")
    .description(
      "read, plan or fill the form of a page, without a running Valet and without sending anything",
    )
    .addHelpText("after", exampleText("valet form read page.html --no-js --offline --json"));
  withOpening(form.command("read"))
    .description("list every field with its meaning")
    .addHelpText("after", exampleText("valet form read https://jobs.example/1/apply"))
    .action((files: string[], { js, offline }: OpeningOptions) =>
      run((deps) =>
        answerEachFile(deps, {
          files,
          javaScript: js,
          network: offline !== true,
          answer: readFields,
          render: fieldTable,
        }),
      ),
    );
  addFormPlan(withOpening(form.command("plan")), run);
  addFormFill(withOpening(form.command("fill")), run);
}

/** What every verb that opens pages takes. */
function withOpening(command: Command): Command {
  return command
    .argument("<url or file...>", "addresses or saved pages")
    .option("--no-js", "leave the scripts of the page off")
    .option("--offline", "block the network")
    .option(...jsonOption);
}

async function readFields({ page }: PageToAnswer, signal: AbortSignal): Promise<FieldList> {
  const { fields } = await readSteadyForm(page, signal);
  return { fields };
}

function fieldTable({ file, fields }: FieldList & { readonly file: string }): string {
  const rows = fields.map((field) => [
    shorten(printableText(field.label), 60),
    field.kind,
    field.meaning,
    field.confidence.toFixed(2),
    field.policy,
    marksOf(field),
    shorten(printableText(field.why), 80),
  ]);
  const head = ["label", "kind", "meaning", "sure", "policy", "", "why"];
  return `${file}\n${columnTable([head, ...rows])}`;
}

function marksOf({ required, visible }: FormField): string {
  return [required ? "required" : "", visible ? "" : "hidden"]
    .filter((mark) => mark !== "")
    .join(" ");
}
