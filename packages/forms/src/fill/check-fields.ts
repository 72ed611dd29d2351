import { setTimeout as delay } from "node:timers/promises";
import type { FieldValue, FormField } from "@valet/contracts";
import type { Page } from "playwright";
import type { HeldValue } from "../page-script/read-values.ts";
import { findFrame } from "../read/readable-frames.ts";
import { type FileToAttach, isFileTaken } from "./attach-file.ts";
import type { FillJob } from "./fill-report.ts";
import { readHeldValues } from "./read-held-values.ts";
import { isSameValue, isShownAs } from "./same-value.ts";

const tidyingMs = 1_000;

export interface CheckInput {
  readonly page: Page;
  readonly files: Readonly<Record<string, FileToAttach>>;
}

/** Compares what the page holds with what was wanted. */
export async function checkFields(
  input: CheckInput,
  jobs: readonly FillJob[],
  signal: AbortSignal,
): Promise<void> {
  await compare(input, jobs, { isFirst: false }, signal);
}

/**
 * Like `checkFields`, and from now on each selector stands for the field it names now: one that the page
 * moves or takes away while it is filled is missing, whatever comes to stand in its place.
 */
export async function startChecking(
  input: CheckInput,
  jobs: readonly FillJob[],
  signal: AbortSignal,
): Promise<void> {
  await compare(input, jobs, { isFirst: true }, signal);
}

/** Selectors are plain selectors again. */
export async function endChecking({ page }: CheckInput, jobs: readonly FillJob[]): Promise<void> {
  const frames = new Set(jobs.map(({ field }) => findFrame(page, field.frame)));
  const forgotten = [...frames].map(async (frame) => {
    await frame
      ?.evaluate(() => Reflect.deleteProperty(globalThis, Symbol.for("valet.knownFields")))
      .catch(() => undefined);
  });
  // A page that answers no more needs no tidying.
  const patience = new AbortController();
  await Promise.race([
    Promise.all(forgotten),
    delay(tidyingMs, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
}

async function compare(
  { page, files }: CheckInput,
  jobs: readonly FillJob[],
  { isFirst }: { readonly isFirst: boolean },
  signal: AbortSignal,
): Promise<void> {
  const targets = jobs.map(({ field }) => ({
    ...targetOf(field, files[field.id]),
    ...(isFirst ? { expectedLabel: field.label } : {}),
  }));
  const values = await readHeldValues(page, targets, signal);
  for (const job of jobs) judge(job, { held: values.get(job.field.id), file: files[job.field.id] });
}

function targetOf({ id, kind, selector, frame }: FormField, file: FileToAttach | undefined) {
  const target = { id, kind, selector, frame };
  return file === undefined ? target : { ...target, fileName: file.fileName };
}

function judge(
  job: FillJob,
  { held, file }: { readonly held: HeldValue | undefined; readonly file: FileToAttach | undefined },
): void {
  const { field } = job;
  if (field.kind === "file" && file !== undefined) {
    job.ok = isFileTaken({ held, fileName: file.fileName, size: file.bytes.length });
    return;
  }
  const value = held?.value ?? null;
  const dayOrder = held?.dayOrder ?? null;
  job.held = value;
  job.dayOrder = dayOrder;
  const isHeld = [job.value, job.written].some((wanted) =>
    isSameValue({ field, wanted, held: value, dayOrder }),
  );
  // What stood there before anything was typed is the site's spelling of it, such as that of a résumé reader.
  const isSpelledOtherwise = job.attempts === 0 && isOtherSpelling(job, value);
  const isShown = job.chosen !== null && !Array.isArray(value) && isShownAs(job.chosen, value);
  job.ok = held?.found !== false && !isSpelledOtherwise && (isHeld || isShown);
  if (!job.ok && job.attempts > 0)
    job.problem ??= value === null ? "value_cleared" : "value_changed";
  if (held?.found === false) job.problem = "missing";
}

function isOtherSpelling({ field: { kind }, written }: FillJob, held: FieldValue | null): boolean {
  const isTyped = kind === "text" || kind === "textarea" || kind === "email" || kind === "tel";
  return isTyped && typeof held === "string" && held !== written;
}
