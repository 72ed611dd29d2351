import { createHash } from "node:crypto";
import { basename } from "node:path";
import { type FieldValue, type PlannedField, Profile, type ValueSource } from "@valet/contracts";
import {
  type FileToAttach,
  fillPage,
  type FillReport,
  addRows,
  countEntries,
  type FormPage,
  planFields,
  planValues,
  readBack,
  readSteadyForm,
} from "@valet/forms";
import type { Command } from "commander";
import { z } from "zod";
import { usageError } from "../describe-error.ts";
import { answerEachFile, type PageToAnswer } from "../offline/answer-each-file.ts";
import { readJsonFile, readNamedFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText } from "../verb.ts";

interface FillOptions {
  readonly js: boolean;
  readonly offline?: true;
  readonly values?: string;
  readonly profile?: string;
  readonly resume?: string;
}

interface FilledField {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  /** What the page holds now; null for nothing. */
  readonly value: FieldValue | null;
  readonly source: ValueSource | null;
  /** Whether it is what was wanted; null where nothing was. */
  readonly ok: boolean | null;
  readonly problem?: string;
}

interface FilledPage {
  readonly fields: readonly FilledField[];
  /** Labels of `--values` that the form does not have. */
  readonly unmatched: readonly string[];
}

/** {visible label: value} */
const Values = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.union([z.string(), z.number()])),
  ]),
);

const limitMs = 30_000;

/** `valet form fill`: `command` is the bare subcommand with what all page verbs take. */
export function addFormFill(command: Command, run: RunVerb): void {
  command
    .description("fill the form and print what the page then holds; never submits")
    .option("--values <file>", 'a JSON file: {"visible label": value}')
    .option("--profile <file>", "the facts: JSON Resume plus `application`")
    .option("--resume <file>", "the file for its upload field")
    .addHelpText(
      "after",
      "\nThe exit code is 1 when a field does not hold its value or a label has no field.\n" +
        exampleText("valet form fill page.html --values values.json --json"),
    )
    .action((files: string[], options: FillOptions) => run((deps) => fill(deps, files, options)));
}

async function fill(
  deps: VerbDeps,
  files: readonly string[],
  options: FillOptions,
): Promise<VerbResult> {
  const planner = await createPlanner(deps, options);
  return answerEachFile(deps, {
    files,
    javaScript: options.js,
    network: options.offline !== true,
    limitMs,
    answer: (opened, signal) => fillOpened(opened, planner, signal),
    render: fillTable,
    isFailure: ({ fields, unmatched }) =>
      unmatched.length > 0 || fields.some(({ ok }) => ok === false),
  });
}

interface Planned {
  readonly plan: readonly PlannedField[];
  readonly unmatched: readonly string[];
  /** Fields whose control cannot say the given value. */
  readonly unsuitable: readonly string[];
  readonly files: Readonly<Record<string, FileToAttach>>;
}

interface Planner {
  /** How many rows of each list there is something to put into. */
  readonly entries: ReturnType<typeof countEntries>;
  readonly plan: (form: FormPage) => Planned;
}

/** @throws ValetError `USAGE` unless exactly one of `--values` and `--profile` is there. */
async function createPlanner({ context }: VerbDeps, options: FillOptions): Promise<Planner> {
  const { cwd } = context;
  if ((options.values === undefined) === (options.profile === undefined)) {
    throw usageError("Say where the values come from: either --values FILE or --profile FILE.");
  }
  const resume =
    options.resume === undefined ? undefined : await readFileToAttach(options.resume, cwd);
  if (options.values !== undefined) {
    const values = await readJsonFile(Values, { path: options.values, cwd });
    const plan = (form: FormPage): Planned =>
      attach(form, { ...planValues({ fields: form.fields, values }), resume });
    return { entries: countEntries({}), plan };
  }
  const profile = await readJsonFile(Profile, { path: options.profile ?? "", cwd });
  const today = new Date().toISOString().slice(0, 10);
  const plan = (form: FormPage): Planned => {
    const known = { profile, resume: resume ?? null, isReviewed: true, today };
    const asked = { fields: form.fields, ...known };
    return attach(form, { plan: planFields(asked), unmatched: [], unsuitable: [], resume });
  };
  return { entries: countEntries(profile), plan };
}

async function readFileToAttach(path: string, cwd: string): Promise<FileToAttach> {
  const bytes = await readNamedFile(path, cwd);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, fileName: basename(path) };
}

/** The résumé goes to the one field that asks for it, also where `--values` does not name it. */
function attach(
  { fields }: FormPage,
  { resume, ...planned }: Omit<Planned, "files"> & { readonly resume: FileToAttach | undefined },
): Planned {
  const field = fields.find(
    ({ kind, meaning, policy }) => kind === "file" && meaning === "resume" && policy !== "never",
  );
  if (resume === undefined || field === undefined) return { ...planned, files: {} };
  const entry: PlannedField = {
    id: field.id,
    action: "fill",
    value: resume.fileName,
    source: "resume",
    confidence: field.confidence,
    why: field.why,
  };
  const others = planned.plan.filter(({ id }) => id !== field.id);
  return { ...planned, plan: [...others, entry], files: { [field.id]: resume } };
}

async function fillOpened(
  { page, getsOn }: PageToAnswer,
  planner: Planner,
  signal: AbortSignal,
): Promise<FilledPage> {
  const read = await readSteadyForm(page, signal);
  const form = await addRows({ page, form: read, entries: planner.entries }, signal);
  const { plan, files, unmatched, unsuitable } = planner.plan(form);
  let most = 0;
  const onField = (done: number): void => {
    if (done > most) getsOn();
    most = Math.max(most, done);
  };
  const report = await fillPage({ page, form, plan, files, onField }, signal);
  const outcomes = new Map(report.fields.map((field) => [field.id, field]));
  const snapshot = await readBack({ page, form, plan, files, pageNumber: 1 }, signal);
  const fields = snapshot.fields.map((held) =>
    filledField(held, {
      outcome: outcomes.get(held.id),
      isUnsuitable: unsuitable.includes(held.id),
    }),
  );
  const shown = new Set(fields.map(({ id }) => id));
  // What went away while it was filled is told too.
  const gone = form.fields.filter(({ id }) => outcomes.get(id)?.ok === false && !shown.has(id));
  const lost = gone.map(({ id, label, kind }) =>
    filledField({ id, label, kind, value: null, source: null }, { outcome: outcomes.get(id) }),
  );
  fields.push(...lost);
  return { fields, unmatched };
}

function filledField(
  held: Pick<FilledField, "id" | "label" | "kind" | "value" | "source">,
  {
    outcome,
    isUnsuitable = false,
  }: {
    readonly outcome: FillReport["fields"][number] | undefined;
    readonly isUnsuitable?: boolean;
  },
): FilledField {
  const { id, label, kind, value, source } = held;
  const problem = isUnsuitable ? "no_such_option" : outcome?.problem;
  return {
    id,
    label,
    kind,
    value,
    source,
    ok: isUnsuitable ? false : (outcome?.ok ?? null),
    ...(problem === undefined ? {} : { problem }),
  };
}

function fillTable({ file, fields, unmatched }: FilledPage & { readonly file: string }): string {
  const rows = fields.map(({ label, kind, value, ok, problem, source }) => [
    shorten(printableText(label), 60),
    kind,
    shorten(printableText([value ?? ""].flat().join("; ")), 50),
    source ?? "",
    ok === null ? "" : ok ? "holds" : (problem ?? "differs"),
  ]);
  const table = columnTable([["label", "kind", "on the page", "from", ""], ...rows]);
  const missing = unmatched.map((label) => `no field is called ${printableText(label)}`);
  return [file, table, ...missing].join("\n");
}
