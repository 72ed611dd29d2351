import { ValetError, WaitLimits } from "@valet/contracts";
import {
  type TaskPage,
  type TaskRow,
  type TaskWrite,
  approveByStandingConsent,
  enterState,
  findApprovedReview,
  listPages,
  openReview,
  prepareIntent,
  savePage,
  snapshotOf,
  writeTask,
} from "@valet/db";
import { digestOf, needsReview } from "@valet/domain";
import { type FileToAttach, type FormPage, fillPage, readBack } from "@valet/forms";
import { adapterOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot, keepSnapshot } from "../evidence/keep-evidence.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { readResumeFile } from "../resume-file.ts";
import { assertReviewShows } from "./assert-review-shows.ts";
import { endApplication } from "./end-application.ts";
import { fieldsRefused } from "./fields-refused.ts";
import { resumeFiles } from "./resume-files.ts";
import { shownKeys } from "./shown-keys.ts";
import type { StepInput } from "./step-input.ts";
import { stopForPerson } from "./stop-for-person.ts";
import { taskLink } from "./task-link.ts";
import { type Passed, type UploadResumeOutput, ended, sent, superseded } from "./step-result.ts";

type UploadInput = StepInput & {
  /** Of the form and what its site publishes of it. */
  readonly disagreements: number;
};

/**
 * Attaches the résumé where the last page asks for it, makes sure that every page that asked for it
 * shows it, and prepares what a person has to approve: the snapshot, its digest and the intent.
 */
export async function uploadResume(
  deps: WorkerDeps,
  input: UploadInput,
  signal: AbortSignal,
): Promise<UploadResumeOutput | Passed> {
  const { runId, turn } = input;
  const { taskId } = input.job;
  const task = await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return undefined;
    if (write.task.state !== "awaiting_review") enterState(write, "uploading");
    return write.task;
  });
  if (task === undefined) return superseded;
  const onTakenOver = (): Promise<Passed> =>
    stopForPerson(deps, { taskId, runId, need: { kind: "takeover" }, at: "upload-resume" }, signal);
  return onPage(
    deps,
    { runId, taskId, turn, onTakenOver },
    (use) => uploadOnPage(deps, { ...input, task }, use),
    signal,
  );
}

async function uploadOnPage(
  deps: WorkerDeps,
  { job, runId, task, disagreements }: UploadInput & { readonly task: TaskRow },
  { live: { page, gate }, isChanged, signal }: PageUse,
): Promise<UploadResumeOutput | Passed> {
  const { taskId } = job;
  const start = { taskId, epoch: task.epoch };
  const pages = await listPages(deps.db, start);
  const last = pages.find((candidate) => candidate.isLast);
  if (last === undefined) throw notOnLastPage();
  const stood = { page, adapter: adapterOf(task.platform), expected: last.signature };
  const opened = await openSiteForm(stood, signal);
  if (opened.kind !== "form") throw notOnLastPage();
  const resume = await readResumeFile(deps, job, signal);

  const files = resumeFiles(opened.form, resume);
  await assertReviewShows({ page, pages }, signal);
  const attach = () => attachFiles({ page, form: opened.form, last, files }, signal);
  await (Object.keys(files).length > 0 ? gate.during("upload", attach, signal) : attach());
  const snapshot = await readBack(
    { page, form: opened.form, plan: last.plan, files, pageNumber: last.page },
    signal,
  );
  const current = pages.map((page) => (page.page === last.page ? { ...last, snapshot } : page));
  await savePage(deps.db, start, { ...last, snapshot });
  const verified = countVerified(current, resume);
  await deps.checkpoint("upload-resume:attached", taskId);
  await keepSnapshot(deps, { taskId, snapshot: snapshotOf(task.jobKey, current) }, signal);
  await keepScreenshot(deps, { taskId, kind: "filled-form", page }, signal);

  const prepared = await prepareReview(deps, {
    runId,
    taskId,
    pages: current,
    alwaysAsk: isChanged,
    disagreements,
  });
  if (prepared.kind === "superseded") return superseded;
  if (prepared.kind === "sent") return sent;
  if (prepared.kind === "held") {
    await endApplication(deps, { taskId, runId, end: heldByOtherTask }, signal);
    return ended;
  }
  const { digest, stepId } = prepared;
  return {
    attached: Object.keys(files).length,
    verified,
    digest,
    stepId,
    rehearsal: task.rehearsal,
    ...chosenReviewTime(task),
  };
}

function chosenReviewTime({ waitLimits }: TaskRow): Pick<UploadResumeOutput, "reviewSeconds"> {
  const { review } = WaitLimits.parse(waitLimits);
  return review === undefined ? {} : { reviewSeconds: review };
}

async function attachFiles(
  {
    page,
    form,
    last,
    files,
  }: {
    readonly page: Parameters<typeof fillPage>[0]["page"];
    readonly form: FormPage;
    readonly last: TaskPage;
    readonly files: Readonly<Record<string, FileToAttach>>;
  },
  signal: AbortSignal,
): Promise<void> {
  const plan = last.plan.filter(({ id }) => id in files);
  const report = await fillPage({ page, form, plan, files }, signal);
  const missed = report.fields.filter(({ ok }) => !ok).length;
  if (missed > 0) throw fieldsRefused(missed, last.page);
}

/** Counted only where the page itself shows the file whose bytes we attached. */
function countVerified(pages: readonly TaskPage[], resume: FileToAttach): number {
  return pages
    .flatMap(({ snapshot }) => snapshot.fields)
    .filter(({ meaning, file }) => meaning === "resume" && file?.sha256 === resume.sha256).length;
}

type PreparedReview =
  | { readonly kind: "ready"; readonly digest: string; readonly stepId: string | null }
  | { readonly kind: "superseded" }
  | { readonly kind: "sent" }
  | { readonly kind: "held" };

/** Binds the intent to what the pages hold, and shows it to the person where one has to look. */
export async function prepareReview(
  deps: Pick<WorkerDeps, "writer" | "publicUrl">,
  {
    runId,
    taskId,
    pages,
    alwaysAsk = false,
    disagreements = 0,
  }: {
    readonly runId: string;
    readonly taskId: string;
    readonly pages: readonly TaskPage[];
    /** A page that differs from what was approved is shown to the person in every mode. */
    readonly alwaysAsk?: boolean;
    /** In how much the form differs from what its site publishes of it: no mode sends such a form unseen. */
    readonly disagreements?: number;
  },
): Promise<PreparedReview> {
  return writeTask(deps.writer, taskId, async (write): Promise<PreparedReview> => {
    const { task, trx } = write;
    if (task.runId !== runId) return { kind: "superseded" };
    const snapshot = snapshotOf(task.jobKey, pages);
    const digest = digestOf(snapshot);
    const approvedStepId = alwaysAsk
      ? undefined
      : await findApprovedReview(trx, { taskId, digest });
    if (approvedStepId !== undefined) return { kind: "ready", digest, stepId: approvedStepId };
    const prepared = await prepareIntent(trx, task, { digest, jobKeys: shownKeys(pages) });
    if (prepared.kind === "over") return { kind: "superseded" };
    if (prepared.kind === "sent") return { kind: "sent" };
    if (prepared.kind === "held_by_other_task") return { kind: "held" };
    if (prepared.kind === "armed") throw stillArmed();
    const reason = await findReviewReason(write, { digest, alwaysAsk, disagreements });
    if (reason === undefined) return { kind: "ready", digest, stepId: null };
    const review = await openReview(write, { snapshot, reason, url: taskLink(deps, taskId) });
    return { kind: "ready", digest, stepId: review.stepId };
  });
}

/** Why the person has to look; undefined where nobody has to, and then the consent has approved. */
async function findReviewReason(
  write: TaskWrite,
  {
    digest,
    alwaysAsk,
    disagreements,
  }: { readonly digest: string; readonly alwaysAsk: boolean; readonly disagreements: number },
): Promise<string | undefined> {
  const { mode, rehearsal } = write.task;
  if (disagreements > 0 && !rehearsal) return reviewReasons.doubtful;
  if (alwaysAsk || needsReview(mode, rehearsal)) return reviewReasons.usual;
  if (rehearsal) return undefined;
  const consent = await approveByStandingConsent(write, digest);
  return consent.kind === "approved" ? undefined : reviewReasons[consent.why];
}

const reviewReasons = {
  usual: "Look at what will be sent and approve it.",
  doubtful:
    "The form on the page is not the one that the employer publishes. Look at what will be sent with care, then approve it.",
  no_consent:
    "Your consent to send this application without a look has been withdrawn or was never given. Look at what will be sent and approve it.",
  daily_cap:
    "As many applications as you allow in a day went out without a look. Look at what will be sent and approve it.",
} as const;

const heldByOtherTask = {
  outcome: "not_submitted",
  reason: "SUPERSEDED_BY_OTHER_TASK",
  message: "Another application of yours for the same job has gone ahead. This one sent nothing.",
} as const;

/** Time mends it: the next try of the step takes the session over, which ends the epoch that armed. */
function stillArmed(): ValetError {
  return new ValetError(
    "ATTEMPT_ARMED",
    "An earlier try of this application may still be sending it. Nothing was changed.",
  );
}

function notOnLastPage(): ValetError {
  return new ValetError(
    "FORM_NOT_FOUND",
    "The last page of the form is no longer open. Nothing was sent. Start the application again.",
  );
}
