import { type PlannedField, type Recipe, ValetError } from "@valet/contracts";
import type { Page } from "playwright";
import { takeInHand } from "../act/take-in-hand.ts";
import type { FormPage } from "../read/form-page.ts";
import { attachFile, type FileToAttach } from "./attach-file.ts";
import { checkFields, endChecking, startChecking } from "./check-fields.ts";
import { parseDay } from "./date-text.ts";
import { fillCombobox } from "./fill-combobox.ts";
import { fillTrusted, writeInBatch } from "./fill-plain.ts";
import { type FillJob, type FillReport, isHopeless, lacksChoice } from "./fill-report.ts";
import { createPatience, type Patience } from "./patience.ts";

export interface FillInput {
  readonly page: Page;
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
  /** By field id. File fields without an entry are left alone. */
  readonly files: Readonly<Record<string, FileToAttach>>;
  /** What once brought a widget that no rule knows to its value, by field id. */
  readonly recipes?: Readonly<Record<string, Recipe>>;
  readonly onField?: (done: number, total: number) => void;
}

const trustedAttempts = 2;

/**
 * Brings the fields of one page to their planned values and reads each back. What already holds is left
 * alone, so a second run changes nothing. It never submits.
 *
 * @throws ValetError `TIMEOUT` when the page answers no more.
 */
export async function fillPage(input: FillInput, signal: AbortSignal): Promise<FillReport> {
  const jobs = jobsOf(input);
  const run: FillRun = { ...input, jobs, patience: createPatience() };
  await look(run, startChecking, jobs, signal);
  try {
    await fillJobs(run, signal);
  } finally {
    await endChecking(run, jobs);
  }
  return {
    fields: jobs.map(({ field: { id }, ok, attempts, problem, recipe }) => ({
      id,
      ok,
      attempts,
      ...(ok ? {} : { problem: problem ?? ("value_changed" as const) }),
      ...(recipe === null ? {} : { recipe }),
    })),
  };
}

async function fillJobs(run: FillRun, signal: AbortSignal): Promise<void> {
  const { jobs, patience, page } = run;
  report(run);
  const plain = jobs.filter((job) => !job.ok && isPlain(job) && !isHopeless(job));
  if (plain.length > 0) {
    const write = (within: AbortSignal): Promise<void> => writeInBatch(page, plain, within);
    await patience.bounded(write, { isFile: false, signal });
    // The others are looked at too: what one field takes, another may lose.
    await look(
      run,
      checkFields,
      jobs.filter((job) => job.ok || plain.includes(job)),
      signal,
    );
    report(run);
  }
  const single = jobs.filter((job) => !job.ok);
  const isFile = ({ field }: FillJob): boolean => field.kind === "file";
  // While a file is on its way to the site, the page takes other values.
  await allToEnd(signal, (within) => [
    fillEach(run, single.filter(isFile), within),
    fillEach(
      run,
      single.filter((job) => !isFile(job)),
      within,
    ),
  ]);
  if (single.length > 0) await recheck(run, signal);
  report(run);
}

async function fillEach(
  run: FillRun,
  jobs: readonly FillJob[],
  signal: AbortSignal,
): Promise<void> {
  for (const job of jobs) {
    await fillOne(run, job, signal);
    report(run);
  }
}

/** Leaves nothing at work on the page: when one fails the others are stopped and waited for. */
async function allToEnd(
  signal: AbortSignal,
  start: (within: AbortSignal) => readonly Promise<void>[],
): Promise<void> {
  const stop = new AbortController();
  const works = start(AbortSignal.any([signal, stop.signal]));
  try {
    await Promise.all(works);
  } catch (thrown) {
    stop.abort(thrown);
    await Promise.allSettled(works);
    throw thrown;
  }
}

interface FillRun extends FillInput {
  readonly jobs: readonly FillJob[];
  readonly patience: Patience;
}

function jobsOf({ form, plan, files }: FillInput): FillJob[] {
  const byId = new Map(plan.map((entry) => [entry.id, entry]));
  return form.fields.flatMap((field): FillJob[] => {
    const entry = byId.get(field.id);
    if (entry?.action !== "fill" || entry.value === null || field.policy === "never") return [];
    if (field.kind === "file" && files[field.id] === undefined) return [];
    const { value } = entry;
    const start = { attempts: 0, ok: false, problem: null } as const;
    const seen = { chosen: null, held: null, dayOrder: null, recipe: null };
    return [{ field, value, written: writtenFor(field, value), ...start, ...seen }];
  });
}

/** A single line cannot hold a line break: the browser would join the words. */
function writtenFor(
  { kind, precision }: FillJob["field"],
  value: FillJob["value"],
): FillJob["value"] {
  if (precision === "month" && typeof value === "string") {
    return value.replace(/^(\d{4}-\d{2})-\d{2}$/u, "$1");
  }
  const isLine = typeof value === "string" && kind !== "textarea";
  return isLine ? value.replace(/\s*\r?\n\s*/gu, " ") : value;
}

/** Pickers show any text for a while; only real keys tell whether they took the day. */
function isPlain({ field: { kind }, value, held, dayOrder }: FillJob): boolean {
  const isDay = (text: FillJob["held"]): boolean =>
    typeof text === "string" && parseDay(text, dayOrder ?? undefined) !== undefined;
  if (kind === "text" && (isDay(value) || (value === "" && isDay(held)))) return false;
  return kind !== "combobox" && kind !== "file";
}

async function fillOne(run: FillRun, job: FillJob, signal: AbortSignal): Promise<void> {
  const { patience } = run;
  if (isHopeless(job)) return;
  if (patience.isOver()) {
    job.problem ??= "not_reachable";
    return;
  }
  const startedAt = performance.now();
  await followRecipe(run, job, signal);
  for (let attempt = 0; attempt < trustedAttempts && !job.ok && !isHopeless(job); attempt += 1) {
    await tryOnce(run, job, signal);
    await look(run, checkFields, [job], signal);
    // A list that lacks the option, or changed bytes, will not be different in a moment.
    if (lacksChoice(job) || job.problem === "file_changed") break;
  }
  patience.note({ ok: job.ok, ms: performance.now() - startedAt });
}

/** What no rule knows may have been found out before; whether it still holds is read back like the rest. */
async function followRecipe(run: FillRun, job: FillJob, signal: AbortSignal): Promise<void> {
  const { page, form, recipes } = run;
  const { field, value } = job;
  const recipe = recipes?.[field.id];
  if (recipe === undefined || job.recipe !== null) return;
  const work = async (within: AbortSignal): Promise<void> => {
    const hand = await takeInHand({ page, form, field, value }, within);
    if (hand === undefined) return;
    try {
      await hand.replay(recipe, within);
      job.chosen = hand.picked();
    } finally {
      await hand.close(within);
    }
  };
  job.attempts += 1;
  await workOn(run, { job, work }, signal);
  await look(run, checkFields, [job], signal);
  job.recipe = job.ok ? "held" : "failed";
}

async function tryOnce(run: FillRun, job: FillJob, signal: AbortSignal): Promise<void> {
  const { page, files } = run;
  const { kind, id } = job.field;
  const file = files[id];
  const work = async (within: AbortSignal): Promise<void> => {
    if (kind === "file") {
      if (file !== undefined) await attachFile(page, { job, file }, within);
    } else if (kind === "combobox") {
      await fillCombobox(page, job, within);
    } else {
      await fillTrusted(page, job, within);
    }
  };
  await workOn(run, { job, work }, signal);
}

/** One try at a field; one that does not end in its time has not reached it. */
async function workOn(
  { patience }: FillRun,
  { job, work }: { readonly job: FillJob; readonly work: (within: AbortSignal) => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  try {
    await patience.bounded(work, { isFile: job.field.kind === "file", signal });
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof ValetError) || thrown.code !== "TIMEOUT") throw thrown;
    job.problem = "not_reachable";
  }
}

/** Later fields may have undone earlier ones; those get one more go. */
async function recheck(run: FillRun, signal: AbortSignal): Promise<void> {
  const held = run.jobs.filter(({ ok }) => ok);
  await look(run, checkFields, held, signal);
  for (const job of held.filter(({ ok }) => !ok)) await fillOne(run, job, signal);
}

type Look = typeof checkFields;

function look(
  run: FillRun,
  check: Look,
  jobs: readonly FillJob[],
  signal: AbortSignal,
): Promise<void> {
  const work = (within: AbortSignal): Promise<void> => check(run, jobs, within);
  return run.patience.bounded(work, { isFile: false, signal });
}

function report({ jobs, onField }: FillRun): void {
  onField?.(jobs.filter(({ ok }) => ok).length, jobs.length);
}
