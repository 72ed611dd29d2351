import type { FillPageInput } from "@valet/contracts";
import {
  type StepTry,
  type TaskPage,
  type TaskRow,
  findOwnedTask,
  getProfile,
  listPages,
  markPageLeft,
  reportProgress,
  savePage,
  writeTask,
} from "@valet/db";
import {
  type FileToAttach,
  type FormPage,
  advance,
  fillPage as fillForm,
  openApplicationForm,
  planFields,
  readBack,
  unansweredQuestions,
} from "@valet/forms";
import { ValetError } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { readResumeFile } from "../resume-file.ts";
import { endWithQuestions } from "./analyze-form.ts";
import { endApplication } from "./end-application.ts";
import { fieldsRefused } from "./fields-refused.ts";
import { resumeFiles } from "./resume-files.ts";
import { type FillPageOutput, type Passed, superseded } from "./step-result.ts";

/** A person sees at least this often how far a page is. */
const fieldsPerReport = 10;

/** Filling owns this part of the whole; the share grows with every page and never reaches the end. */
const pctOfFilling = { from: 20, to: 62 } as const;

/**
 * Fills one page, reads it back and leaves it with its button. Safe to run again: a page that was
 * left stays left, and a value that already stands is not typed again.
 */
export async function fillPage(
  deps: WorkerDeps,
  input: FillPageInput & { readonly turn: StepTry },
  signal: AbortSignal,
): Promise<FillPageOutput | Passed> {
  const task = await findOwnedTask(deps.db, input);
  if (task === undefined) return superseded;
  return onPage(deps, input, (use) => fillOpenPage(deps, { task, input }, use), signal);
}

async function fillOpenPage(
  deps: WorkerDeps,
  { task, input }: { readonly task: TaskRow; readonly input: FillPageInput },
  { live: { page }, signal }: PageUse,
): Promise<FillPageOutput | Passed> {
  const opened = await openApplicationForm(page, signal);
  if (opened.kind !== "form") throw formVanished();

  const stored = (await listPages(deps.db, { taskId: task.id, epoch: task.epoch })).find(
    (candidate) => candidate.page === input.page,
  );
  if (stored !== undefined && hasLeft(stored, opened.form)) {
    await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
    return { page: input.page, filled: countFilled(stored), isLast: stored.isLast };
  }

  const resume = await readResumeFile(deps, task, signal);
  const work = { task, input, page, form: opened.form };
  const filled = await fillAndReadBack(deps, { ...work, stored, resume }, signal);
  if ("end" in filled) {
    return endApplication(deps, { taskId: task.id, runId: input.runId, end: filled.end }, signal);
  }
  await deps.checkpoint("fill-page:filled", task.id);
  if (!filled.isLast) await leavePage(deps, work, signal);
  return { page: input.page, filled: countFilled(filled), isLast: filled.isLast };
}

interface PageWork {
  readonly task: TaskRow;
  readonly input: FillPageInput;
  readonly page: PageUse["live"]["page"];
  readonly form: FormPage;
}

async function fillAndReadBack(
  deps: WorkerDeps,
  {
    task,
    input,
    page,
    form,
    stored,
    resume,
  }: PageWork & { readonly stored: TaskPage | undefined; readonly resume: FileToAttach },
  signal: AbortSignal,
): Promise<TaskPage | { readonly end: ReturnType<typeof endWithQuestions> }> {
  // What was planned for this page stands, however often it is filled.
  const plan =
    stored?.signature === form.signature
      ? stored.plan
      : planFields({
          fields: form.fields,
          profile: await getProfile(deps.db, task.userId),
          resume: { fileName: resume.fileName },
          today: new Date().toISOString().slice(0, 10),
        });
  const questions = unansweredQuestions(form.fields, plan);
  if (questions.length > 0) return { end: endWithQuestions(questions) };

  const isLast = form.buttons.next === undefined;
  // The last page's files belong to `upload-resume`; a page that is left must carry its own.
  const files = isLast ? {} : resumeFiles(form, resume);
  const fillable = isLast ? plan.filter((planned) => !isFile(form, planned.id)) : plan;
  // Reports are written one after the other while the page is being filled.
  let reporting = Promise.resolve();
  let reported = 0;
  const onField = (done: number, total: number) => {
    const isDue = done === total || done >= reported + fieldsPerReport;
    if (!isDue || done <= reported) return;
    reported = done;
    reporting = reporting.then(() => reportFields(deps, { task, input, done, total }));
  };
  const report = await fillForm({ page, form, plan: fillable, files, onField }, signal);
  await reporting;
  const missed = report.fields.filter(({ ok }) => !ok);
  if (missed.length > 0) throw fieldsRefused(missed.length, input.page);
  const snapshot = await readBack(
    { page, form, plan: fillable, files, pageNumber: input.page },
    signal,
  );
  const filled: TaskPage = {
    page: input.page,
    signature: form.signature,
    isLast,
    wasLeft: false,
    plan,
    snapshot,
  };
  await savePage(deps.db, { taskId: task.id, epoch: task.epoch }, filled);
  return filled;
}

async function leavePage(
  deps: WorkerDeps,
  { task, input, page, form }: PageWork,
  signal: AbortSignal,
): Promise<void> {
  const result = await advance({ page, form }, signal);
  if (result.kind !== "advanced") {
    throw new ValetError(
      "PAGE_DID_NOT_ADVANCE",
      "The form did not go on to its next page. Nothing was sent.",
      {
        page: input.page,
        kind: result.kind,
        fields: result.kind === "invalid" ? result.fields.length : 0,
      },
    );
  }
  await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
}

/** The page was left, known from its record or, after a crash in between, from where the form is now. */
function hasLeft(stored: TaskPage, form: FormPage): boolean {
  return !stored.isLast && (stored.wasLeft || stored.signature !== form.signature);
}

async function reportFields(
  deps: WorkerDeps,
  {
    task,
    input,
    done,
    total,
  }: Omit<PageWork, "form" | "page"> & { readonly done: number; readonly total: number },
): Promise<void> {
  const shareOfPage = total === 0 ? 1 : done / total;
  // How many pages follow is unknown, so each page takes half of what is left.
  const share = 1 - 0.5 ** (input.page - 1 + shareOfPage);
  const pct = pctOfFilling.from + (pctOfFilling.to - pctOfFilling.from) * share;
  await writeTask(deps.writer, task.id, async (write) => {
    if (write.task.runId !== input.runId) return;
    reportProgress(write, {
      step: "fill-fields",
      pct,
      message: `Page ${input.page}: ${done} of ${total} fields filled`,
    });
  });
}

function isFile(form: FormPage, fieldId: string): boolean {
  return form.fields.some(({ id, kind }) => id === fieldId && kind === "file");
}

function countFilled({ plan }: TaskPage): number {
  return plan.filter(({ action }) => action === "fill").length;
}

function formVanished(): ValetError {
  return new ValetError(
    "FORM_NOT_FOUND",
    "The application form disappeared while it was being filled. Nothing was sent. Start the application again.",
  );
}
