import { type FillPageInput, type PlannedField, type Profile, ValetError } from "@valet/contracts";
import {
  type StepTry,
  type TaskAnswer,
  type TaskEnd,
  type TaskPage,
  type TaskRow,
  findOwnedTask,
  getProfile,
  listPages,
  listTaskAnswers,
  markPageLeft,
  reportProgress,
  savePage,
  writeTask,
} from "@valet/db";
import {
  type FileToAttach,
  type FormPage,
  addRows,
  advance,
  asksForAccount,
  countEntries,
  type PostingFacts,
  readBack,
  readPosting,
} from "@valet/forms";
import {
  type FilledSitePage,
  type SiteAdapter,
  type SitePageToFill,
  adapterOf,
  fillSitePage,
  openSiteForm,
} from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { readResumeFile } from "../resume-file.ts";
import { askQuestions, withoutAbsentChoices } from "./ask-questions.ts";
import { endApplication } from "./end-application.ts";
import { fieldsRefused } from "./fields-refused.ts";
import { type MetWall, findCaptchaWall, findWall } from "./find-wall.ts";
import type { PersonNeed } from "./person-texts.ts";
import { planPage } from "./plan-page.ts";
import { resumeFiles } from "./resume-files.ts";
import { stopForPerson } from "./stop-for-person.ts";
import { type FillPageOutput, type Passed, superseded } from "./step-result.ts";
import { judgeWayOn, wayOnQuestion } from "./way-on.ts";

/** A person sees at least this often how far a page is. */
const fieldsPerReport = 10;

/** And at least this often while fields are being filled, however long each takes. */
const longestBetweenReportsMs = 20_000;

/** Filling owns this part of the whole; the share grows with every page and never reaches the end. */
const pctOfFilling = { from: 20, to: 62 } as const;

/**
 * Fills one page, reads it back and leaves it with its button. Safe to run again: a page that was
 * left stays left, and a value that already stands is not typed again.
 */
export async function fillPage(
  deps: WorkerDeps,
  input: FillPageInput & {
    readonly turn: StepTry;
    /** Gives the step more time; called for every field that holds its value. */
    readonly onProgress: () => Promise<void>;
  },
  signal: AbortSignal,
): Promise<FillPageOutput | Passed> {
  const task = await findOwnedTask(deps.db, input);
  if (task === undefined) return superseded;
  const { taskId, runId } = input;
  const onTakenOver = (): Promise<Passed> =>
    stopForPerson(deps, { taskId, runId, need: { kind: "takeover" }, at: "fill-fields" }, signal);
  return onPage(
    deps,
    { ...input, onTakenOver },
    (use) => fillOpenPage(deps, { task, input }, use),
    signal,
  );
}

async function fillOpenPage(
  deps: WorkerDeps,
  { task, input }: { readonly task: TaskRow; readonly input: PageInput },
  { live: { page, gate }, signal }: PageUse,
): Promise<FillPageOutput | Passed> {
  const posted = await readPosting(page, signal);
  const adapter = adapterOf(task.platform);
  const opened = await openSiteForm({ page, adapter }, signal);
  const finish = (stop: PageStop): Promise<Passed> => {
    const { runId } = input;
    return stop.kind === "end"
      ? endApplication(deps, { taskId: task.id, runId, end: stop.end }, signal)
      : stopForPerson(
          deps,
          { taskId: task.id, runId, page, need: stop.need, at: "fill-fields" },
          signal,
        );
  };
  if (opened.kind !== "form") {
    const wall = opened.kind === "unknown" ? await findWall(page, signal) : undefined;
    if (wall === undefined) throw formVanished();
    return finish(stopAt(wall));
  }
  if (asksForAccount(opened.form.fields)) return finish(needs({ kind: "sign_in" }));
  const [profile, answers] = await Promise.all([
    getProfile(deps.db, task.userId),
    listTaskAnswers(deps.db, task.id),
  ]);
  const entries = countEntries(profile);
  const form = await addRows({ page, form: opened.form, entries }, signal);

  const stored = (await listPages(deps.db, { taskId: task.id, epoch: task.epoch })).find(
    (candidate) => candidate.page === input.page,
  );
  if (stored !== undefined && hasLeft(stored, form)) {
    await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
    return { page: input.page, filled: countFilled(stored), isLast: stored.isLast };
  }

  const resume = await readResumeFile(deps, task, signal);
  const posting = { ...posted, ...(await readPosting(page, signal)) };
  const work = { task, input, page, gate, adapter, form };
  const facts = { profile, answers, posting };
  const filled = await fillAndReadBack(deps, { ...work, ...facts, stored, resume }, signal);
  if ("kind" in filled) return finish(filled);
  await deps.checkpoint("fill-page:filled", task.id);
  const wall = await findCaptchaWall(page, signal);
  if (wall !== undefined) return finish(stopAt(wall));
  const { isLast } = filled.page;
  const stop = isLast
    ? undefined
    : await leavePage(deps, { ...work, form: filled.form, profile, answers }, signal);
  if (stop !== undefined) return finish(stop);
  return { page: input.page, filled: countFilled(filled.page), isLast };
}

/** Why a page is not gone on from. */
type PageStop =
  | { readonly kind: "end"; readonly end: TaskEnd }
  | { readonly kind: "person"; readonly need: PersonNeed };

function needs(need: PersonNeed): PageStop {
  return { kind: "person", need };
}

function stopAt(wall: MetWall): PageStop {
  return wall.kind === "end" ? wall : needs({ kind: wall.wall });
}

interface FilledPage {
  readonly page: TaskPage;
  /** As it stands: a site that reads the résumé may have drawn it again. */
  readonly form: FormPage;
}

type PageInput = FillPageInput & { readonly onProgress: () => Promise<void> };

interface PageWork {
  readonly task: TaskRow;
  readonly input: PageInput;
  readonly page: PageUse["live"]["page"];
  readonly gate: PageUse["live"]["gate"];
  readonly adapter: SiteAdapter;
  readonly form: FormPage;
}

async function fillAndReadBack(
  deps: WorkerDeps,
  work: PageWork & {
    readonly profile: Profile;
    readonly answers: readonly TaskAnswer[];
    readonly posting: PostingFacts;
    readonly stored: TaskPage | undefined;
    readonly resume: FileToAttach;
  },
  signal: AbortSignal,
): Promise<FilledPage | PageStop> {
  const { task, input, page, adapter, profile, answers, stored, resume, posting } = work;
  // What was planned for this page stands, however often it is filled.
  const planOf = (form: FormPage): readonly PlannedField[] =>
    stored?.signature === form.signature
      ? stored.plan
      : planPage({
          profile,
          answers,
          mode: task.mode,
          fields: form.fields,
          resume: { fileName: resume.fileName },
          posting,
        });
  const start = { page, form: work.form, plan: planOf(work.form) };
  const questions = await askQuestions(start, signal);
  if (questions.length > 0) return needs({ kind: "question", questions });

  const isLast = work.form.buttons.next === undefined;
  // The last page's files belong to `upload-resume`; a page that is left must carry its own, and a site
  // that reads the résumé must have it before anything is typed.
  const isForUpload = isLast && !adapter.readsResume;
  const filesOf = (form: FormPage) => (isForUpload ? {} : resumeFiles(form, resume));
  const fillable = (form: FormPage, plan: readonly PlannedField[]) =>
    isForUpload ? plan.filter((planned) => !isFile(form, planned.id)) : plan;
  const filling = { plan: (form: FormPage) => fillable(form, planOf(form)), files: filesOf };
  const { form, report } = await fillWithReports(deps, { ...work, ...filling }, signal);
  const files = filesOf(form);
  const plan = withoutAbsentChoices({ form, plan: planOf(form) }, report);
  const absent = await askQuestions({ page, form, plan }, signal);
  if (absent.length > 0) return needs({ kind: "question", questions: absent });
  const missed = report.fields.filter(({ ok, problem }) => !ok && problem !== "no_such_option");
  if (missed.length > 0) throw fieldsRefused(missed.length, input.page);
  const snapshot = await readBack(
    { page, form, plan: fillable(form, plan), files, pageNumber: input.page },
    signal,
  );
  const { signature } = form;
  const filled = { page: input.page, signature, isLast, wasLeft: false, plan: [...plan], snapshot };
  await savePage(deps.db, { taskId: task.id, epoch: task.epoch }, filled);
  return { page: filled, form };
}

/** Fills, and says how far it is: the reports are written one after the other meanwhile. */
async function fillWithReports(
  deps: WorkerDeps,
  { task, input, gate, ...filling }: PageWork & Pick<SitePageToFill, "plan" | "files">,
  signal: AbortSignal,
): Promise<FilledSitePage> {
  let reporting = Promise.resolve();
  let most = 0;
  let reported = 0;
  let reportedAt = performance.now();
  const onField = (done: number, total: number) => {
    if (done <= most) return;
    most = done;
    const isLate = performance.now() - reportedAt >= longestBetweenReportsMs;
    const isDue = isLate || done === total || done >= reported + fieldsPerReport;
    if (isDue) [reported, reportedAt] = [done, performance.now()];
    reporting = reporting.then(async () => {
      await input.onProgress();
      if (isDue) await reportFields(deps, { task, input, done, total });
    });
    // It is waited for below; a fault in between must not count as one that nobody handles.
    reporting.catch(() => undefined);
  };
  await gate.learn(filling.plan(filling.form), signal);
  const fill = () => fillSitePage({ ...filling, onField }, signal);
  const hasFiles = Object.keys(filling.files(filling.form)).length > 0;
  const filled = await (hasFiles ? gate.during("upload", fill, signal) : fill());
  // With what its answers made the page ask.
  await gate.learn(filling.plan(filled.form), signal);
  await reporting;
  return filled;
}

/**
 * Why the page cannot be left: a wall stands behind it, or it tried to send something and only the person
 * can tell whether that was the application. The gate kept it, and nothing left.
 */
async function leavePage(
  deps: WorkerDeps,
  {
    task,
    input,
    page,
    gate,
    adapter,
    form,
    profile,
    answers,
  }: PageWork & { readonly profile: Profile; readonly answers: readonly TaskAnswer[] },
  signal: AbortSignal,
): Promise<PageStop | undefined> {
  const way = await judgeWayOn({ page, adapter, form, profile, answers }, signal);
  if (way === "sends") return { kind: "end", end: sendsUnseen };
  const goOn = () => advance({ page, form }, signal);
  const before = way === "unproven" ? await gate.view(signal) : undefined;
  const result = await (before === undefined ? gate.during("step", goOn, signal) : goOn());
  if (result.kind === "advanced") {
    await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
    return undefined;
  }
  const wall = await findWall(page, signal);
  if (wall !== undefined) return stopAt(wall);
  const wasKept = before !== undefined && (await gate.view(signal)).refused > before.refused;
  if (wasKept) return needs({ kind: "question", questions: [wayOnQuestion(form)] });
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

const sendsUnseen: TaskEnd = {
  outcome: "not_submitted",
  reason: "FORM_NOT_FOUND",
  message:
    "You said that the button on this page sends the application, and Valet sends only by a button that says so. Nothing was sent. Apply by hand on the site.",
  step: "fill-fields",
};

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
  }: Pick<PageWork, "task" | "input"> & { readonly done: number; readonly total: number },
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
