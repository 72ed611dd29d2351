import type { PlannedField } from "@valet/contracts";
import type { Page } from "playwright";
import type { FormPage } from "../read/form-page.ts";
import { attachFile, type FileToAttach, isFileTaken } from "./attach-file.ts";
import { fillCombobox } from "./fill-combobox.ts";
import { fillTrusted, writeInBatch } from "./fill-plain.ts";
import { type FillJob, type FillReport, isHopeless } from "./fill-report.ts";
import { readHeldValues } from "./read-held-values.ts";
import { isSameValue, isShownAs } from "./same-value.ts";

export interface FillInput {
  readonly page: Page;
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
  /** By field id. File fields without an entry are left alone. */
  readonly files: Readonly<Record<string, FileToAttach>>;
  readonly onField?: (done: number, total: number) => void;
}

const trustedAttempts = 2;

/**
 * Brings the fields of one page to their planned values and reads each back. What already holds is left
 * alone, so a second run changes nothing. It never submits.
 */
export async function fillPage(input: FillInput, signal: AbortSignal): Promise<FillReport> {
  const jobs = jobsOf(input);
  const run: FillRun = { ...input, jobs };
  await check(run, jobs, signal);
  report(run);
  const plain = jobs.filter((job) => !job.ok && isPlain(job));
  if (plain.length > 0) {
    await writeInBatch(input.page, plain, signal);
    await check(run, plain, signal);
    report(run);
  }
  for (const job of jobs) {
    if (!job.ok) await fillOne(run, job, signal);
    report(run);
  }
  await recheck(run, signal);
  report(run);
  return {
    fields: jobs.map(({ field: { id }, ok, attempts, problem }) =>
      ok ? { id, ok, attempts } : { id, ok, attempts, problem: problem ?? "value_changed" },
    ),
  };
}

interface FillRun extends FillInput {
  readonly jobs: readonly FillJob[];
}

function jobsOf({ form, plan, files }: FillInput): FillJob[] {
  const byId = new Map(plan.map((entry) => [entry.id, entry]));
  return form.fields.flatMap((field): FillJob[] => {
    const entry = byId.get(field.id);
    if (entry?.action !== "fill" || entry.value === null || field.policy === "never") return [];
    if (field.kind === "file" && files[field.id] === undefined) return [];
    return [{ field, value: entry.value, attempts: 0, ok: false, problem: null, chosen: null }];
  });
}

function isPlain({ field: { kind } }: FillJob): boolean {
  return kind !== "combobox" && kind !== "file";
}

async function fillOne(run: FillRun, job: FillJob, signal: AbortSignal): Promise<void> {
  const file = run.files[job.field.id];
  for (let attempt = 0; attempt < trustedAttempts && !job.ok && !isHopeless(job); attempt += 1) {
    if (job.field.kind === "file") {
      if (file !== undefined) await attachFile(run.page, { job, file }, signal);
    } else if (job.field.kind === "combobox") {
      await fillCombobox(run.page, job, signal);
    } else {
      await fillTrusted(run.page, job, signal);
    }
    await check(run, [job], signal);
    // A list that lacks the option, or changed bytes, will not be different in a moment.
    if (job.problem === "no_such_option" || job.problem === "file_changed") return;
  }
}

/** Later fields may have undone earlier ones; those get one more go. */
async function recheck(run: FillRun, signal: AbortSignal): Promise<void> {
  const held = run.jobs.filter(({ ok }) => ok);
  await check(run, held, signal);
  for (const job of held.filter(({ ok }) => !ok)) await fillOne(run, job, signal);
}

/** Compares what the page holds with what was wanted. */
async function check(run: FillRun, jobs: readonly FillJob[], signal: AbortSignal): Promise<void> {
  const targets = jobs.map(({ field }) => {
    const file = run.files[field.id];
    return file === undefined ? field : { ...field, fileName: file.fileName };
  });
  const values = await readHeldValues(run.page, targets, signal);
  for (const job of jobs) {
    const held = values.get(job.field.id);
    const file = run.files[job.field.id];
    if (job.field.kind === "file" && file !== undefined) {
      job.ok = isFileTaken({ held, fileName: file.fileName, size: file.bytes.length });
      continue;
    }
    const value = held?.value ?? null;
    job.ok =
      isSameValue({ field: job.field, wanted: job.value, held: value }) ||
      (job.chosen !== null && isShownAs(job.chosen, value));
    if (!job.ok && job.attempts > 0)
      job.problem ??= value === null ? "value_cleared" : "value_changed";
    if (held?.found === false) job.problem = "missing";
  }
}

function report({ jobs, onField }: FillRun): void {
  onField?.(jobs.filter(({ ok }) => ok).length, jobs.length);
}
