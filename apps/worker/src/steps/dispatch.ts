import {
  type DispatchInput,
  type FieldValue,
  type PersonWall,
  type SnapshotPage,
  ValetError,
  isValetError,
} from "@valet/contracts";
import {
  type HumanStepRow,
  type IntentRow,
  type StepTry,
  type StoredApproval,
  type TaskPage,
  type TaskRow,
  type TaskWrite,
  armIntent,
  askPerson,
  countAttempts,
  countCodes,
  disarmIntent,
  enterState,
  findApproval,
  findIntent,
  findOwnedTask,
  getHumanStep,
  getIntent,
  listPages,
  reportProgress,
  savePage,
  setIntentState,
  snapshotOf,
  takeCode,
  writeTask,
} from "@valet/db";
import {
  type DispatchEvidence,
  canonicalJson,
  effectsOf,
  isDigestOf,
  judgeDispatch,
  mayHaveBeenSent,
} from "@valet/domain";
import { type FormPage, enterCode, fillPage, planOverrides, readBack } from "@valet/forms";
import { adapterOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot, keepSnapshot } from "../evidence/keep-evidence.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { isStillOurs } from "../restore/is-still-ours.ts";
import { untilGone } from "../restore/until-gone.ts";
import { readResumeFile } from "../resume-file.ts";
import { endApplication } from "./end-application.ts";
import { findAnswer } from "./find-answer.ts";
import { findWall } from "./find-wall.ts";
import { endUnhelped, whyNeeded } from "./person-texts.ts";
import { settleHumanStep } from "./settle-human-step.ts";
import { stopAtWall } from "./stop-at-wall.ts";
import { assertReviewShows } from "./assert-review-shows.ts";
import { resumeFiles } from "./resume-files.ts";
import { type PageToSend, enteredOn, formOf } from "./page-to-send.ts";
import { rehearse } from "./rehearse.ts";
import { liveLink } from "./task-link.ts";
import { sendOnce } from "./send-once.ts";
import { type DispatchOutput, type Passed, ended, sent, superseded } from "./step-result.ts";
import { prepareReview } from "./upload-resume.ts";

/** One attempt at an application, and the live page that it is made on. */
interface Attempt {
  readonly task: TaskRow;
  readonly intent: IntentRow;
  readonly runId: string;
  readonly live: LiveSession;
}

/**
 * Sends the application: writes the approved corrections, reads the page back, compares it with
 * what was approved, arms the gate, and clicks. What leaves is decided by the gate, once, in the
 * database; a run that finds the intent dispatched never clicks. After the click nothing is thrown:
 * whatever happened is for `verify` to find out.
 */
export async function dispatch(
  deps: WorkerDeps,
  {
    taskId,
    runId,
    stepId,
    turn,
    moreTime,
  }: DispatchInput & {
    readonly turn: StepTry;
    /** Asked before the browser has to be built again, which takes its time. */
    readonly moreTime: () => Promise<void>;
  },
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  const task = await findOwnedTask(deps.db, { taskId, runId });
  if (task === undefined) return superseded;
  const intent = await findIntent(deps.db, taskId);
  if (intent === undefined || intent.state === "aborted") return ended;
  if (mayHaveBeenSent(intent.state)) return sent;
  const wall = await findWallAnswered(deps, { taskId, stepId });
  if (wall !== undefined && wall.state !== "done") {
    return endApplication(deps, { taskId, runId, end: endUnhelped(wall) }, signal);
  }
  if (!task.rehearsal) {
    await writeTask(deps.writer, taskId, (write) => enterState(write, "submitting"));
  }
  return onPage(
    deps,
    {
      taskId,
      runId,
      turn,
      beforeRestore: async () => {
        await moreTime();
        await writeTask(deps.writer, taskId, (write) =>
          reportProgress(write, { step: "submit", pct: 78, message: "Opening the form again" }),
        );
      },
      onTakenOver: () => waitForTakeover(deps, { taskId, runId }),
    },
    (use) => dispatchFromPage(deps, { task, runId, turn, found: intent, wall }, use),
    signal,
  );
}

async function dispatchFromPage(
  deps: WorkerDeps,
  {
    task,
    runId,
    turn,
    found,
    wall,
  }: {
    readonly task: TaskRow;
    readonly runId: string;
    readonly turn: StepTry;
    readonly found: IntentRow;
    readonly wall: HumanStepRow | undefined;
  },
  { live, isChanged, signal }: PageUse,
): Promise<DispatchOutput | Passed> {
  const taskId = task.id;
  // Once more for every page: on the one before, which is lost, this very try may have armed.
  const intent = await findIntent(deps.db, taskId);
  if (intent === undefined) return ended;
  if (mayHaveBeenSent(intent.state)) return sent;
  // One that was armed may be given up meanwhile by the try that had armed it: nothing left either.
  if (intent.state === "aborted" && found.state !== "armed") return ended;
  // Armed by a try that is gone. Whoever holds the page now holds a higher fence, so the gate of that try
  // is closed: nothing left, and what was approved then is used up.
  if (intent.state === "aborted" || intent.state === "armed") {
    return approveAnew(deps, { task, intent, runId, live }, signal);
  }
  const still = wall && (await passWall(deps, { live, wall }, signal));
  const held = await writeCorrections(deps, { task, intent, live }, signal);
  await deps.checkpoint("dispatch:read-back", taskId);
  if (still !== undefined) {
    return stopAtWall(deps, { task, runId, live, wall: still, pages: held.pages }, signal);
  }
  const isAsApproved = !isChanged && isDigestOf(held.approvedDigest, held.snapshot);
  if (!isAsApproved && !task.rehearsal) {
    return review(deps, { task, runId, pages: held.pages, alwaysAsk: true });
  }
  await keepSnapshot(deps, { taskId, snapshot: held.snapshot }, signal);
  await keepScreenshot(deps, { taskId, kind: "before-submit", page: live.page }, signal);
  if (task.rehearsal) return rehearse(deps, { task, live, held }, signal);
  // What is armed is sent or given up, so a page that is gone by now must be noticed before.
  signal.throwIfAborted();
  const armed = await writeTask(deps.writer, taskId, ({ trx }) =>
    armIntent(trx, {
      intentId: intent.id,
      digest: held.approvedDigest,
      runId,
      sessionId: live.session.id,
      fence: live.fence,
    }),
  );
  if (armed === undefined) throw approvalGone();
  await deps.checkpoint("dispatch:armed", taskId);
  await armGate({ intent, live, held }, signal);
  await deps.checkpoint("dispatch:gate-armed", taskId);
  // Evidence and database took their time, and scripts have had it too: right before the click once more.
  const pages = await held.readAgain();
  if (!isDigestOf(held.approvedDigest, snapshotOf(task.jobKey, pages))) {
    await giveUp(deps, { intent, live }, signal);
    return review(deps, { task, runId, pages, alwaysAsk: true });
  }
  const met = await sendOnce(deps, { task, live, form: held.form }, signal);
  return closeEpoch(deps, { task, runId, turn, live, wall: met, pages: held.pages }, signal);
}

/** The wall that the person was asked to get past before this try; undefined where it follows a review. */
async function findWallAnswered(
  deps: WorkerDeps,
  { taskId, stepId }: Pick<DispatchInput, "taskId" | "stepId">,
): Promise<HumanStepRow | undefined> {
  if (stepId === null || (await getHumanStep(deps.db, stepId)).kind === "review") return undefined;
  return settleHumanStep(deps, { taskId, stepId });
}

/** Types the person's code, or looks whether they got past the wall; gives the wall that still stands. */
async function passWall(
  { db }: WorkerDeps,
  { live: { page }, wall }: { readonly live: LiveSession; readonly wall: HumanStepRow },
  signal: AbortSignal,
): Promise<PersonWall | undefined> {
  if (wall.kind === "email_code") {
    const code = await takeCode(db, wall.id);
    // Typed by an earlier try, or the page was built anew and will ask again.
    if (code !== undefined) await enterCode({ page, code }, signal);
    return undefined;
  }
  const met = await findWall(page, signal);
  return met?.kind === "person" ? met.wall : undefined;
}

/** Tells the gate what it may let through; should the page go meanwhile, nothing leaves at all. */
async function armGate(
  {
    intent,
    live,
    held,
  }: { readonly intent: IntentRow; readonly live: LiveSession; readonly held: PageToSend },
  signal: AbortSignal,
): Promise<void> {
  await live.gate.learn(enteredOn(held), signal);
  await live.gate.arm({ intentId: intent.id, form: formOf(held) }, signal);
}

/** A person is at the page: whatever was approved is over, and what they leave there is shown anew. */
async function waitForTakeover(
  deps: WorkerDeps,
  { taskId, runId }: { readonly taskId: string; readonly runId: string },
): Promise<DispatchOutput | Passed> {
  const kind = "takeover" as const;
  return writeTask(deps.writer, taskId, async (write): Promise<DispatchOutput | Passed> => {
    if (write.task.runId !== runId || write.task.finishedAt !== null) return superseded;
    const url = liveLink(deps, taskId);
    const { stepId, seconds } = await askPerson(write, { kind, ...whyNeeded({ kind }), url });
    return { waitsFor: { stepId, kind, seconds } };
  });
}

interface Watched {
  readonly task: TaskRow;
  readonly runId: string;
  readonly turn: StepTry;
  readonly live: LiveSession;
  /** What the page asks of the person after the click. */
  readonly wall: PersonWall | undefined;
  /** As they were approved. */
  readonly pages: readonly TaskPage[];
}

/** From here on nothing leaves any more; what has not left by now never does. */
async function closeEpoch(
  deps: WorkerDeps,
  watched: Watched,
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  const { task, runId, turn, live, wall } = watched;
  const isFenced = await live.gate.disarm(signal).then(
    () => false,
    (error: unknown) => isValetError(error, "FENCED"),
  );
  const intent = await findIntent(deps.db, task.id);
  if (isFenced) {
    // Another worker has the session by now, and with it the attempt.
    const isTakenByPerson = await isStillOurs(deps, { taskId: task.id, runId, turn });
    if (!isTakenByPerson || intent === undefined || mayHaveBeenSent(intent.state))
      return { dispatched: true };
    await disarmIntent(deps.db, { intentId: intent.id, fence: live.fence });
    return waitForTakeover(deps, { taskId: task.id, runId });
  }
  if (intent === undefined) return { dispatched: true };
  if (mayHaveBeenSent(intent.state))
    return findWhetherCodeIsAll(deps, { ...watched, intent }, signal);
  await disarmIntent(deps.db, { intentId: intent.id, fence: live.fence });
  if (wall !== undefined) return stopAtWall(deps, { ...watched, wall }, signal);
  await untilGone(live);
  if (!live.gone.aborted || (await countAttempts(deps.db, task.id)) >= mostAttempts) {
    return { dispatched: true };
  }
  // Nothing left before the browser was lost: the form is built again and somebody stands for it anew.
  return approveAgain(deps, { ...watched, intent });
}

/** A page that loses its browser at each click is no accident. */
const mostAttempts = 3;

/** Sites lock people out who say wrong codes; this many are safe wherever we know the limit. */
const mostCodes = 3;

/**
 * What was sent is for `verify` to judge, except where the site has answered in a way made for programs that
 * it takes nothing without the code it has just sent: that attempt is closed, and the person says the code.
 */
async function findWhetherCodeIsAll(
  deps: WorkerDeps,
  { intent, ...watched }: Watched & { readonly intent: IntentRow },
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  const { task, wall } = watched;
  if (wall !== "email_code" || intent.state !== "dispatched") return { dispatched: true };
  const response = await findAnswer(deps, intent, signal);
  const evidence: DispatchEvidence = { page: wall, response, sessionAlive: true };
  const { verdict, signs } = judgeDispatch(evidence);
  if (verdict.kind !== "code_required") return { dispatched: true };
  if ((await countCodes(deps.db, task.id)) >= mostCodes) return { dispatched: true };
  const closeAttempt = async ({ trx }: TaskWrite) => {
    const current = await getIntent(trx, intent.id);
    if (current.state !== "dispatched") return;
    await setIntentState(trx, current, effectsOf(verdict).event, {
      evidence: { verdict: verdict.kind, ...evidence, signs },
    });
  };
  return stopAtWall(deps, { ...watched, wall, closeAttempt }, signal);
}

/** The last page as it stands, bound to a new attempt: the person looks again, or their standing consent does. */
async function approveAnew(
  deps: WorkerDeps,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  await giveUp(deps, attempt, signal);
  return approveAgain(deps, attempt);
}

async function approveAgain(
  deps: WorkerDeps,
  { task, intent, runId }: Pick<Attempt, "task" | "intent" | "runId">,
): Promise<DispatchOutput | Passed> {
  const pages = await listPages(deps.db, { taskId: task.id, epoch: task.epoch });
  const approval = await findApprovalOf(deps, intent);
  // What a person looked at once, for whatever reason, is theirs to look at again.
  return review(deps, { task, runId, pages, alwaysAsk: approval?.mode !== "autopilot" });
}

/** The gate closes first, so that nothing can leave after the attempt is over. */
async function giveUp(
  { db }: WorkerDeps,
  { intent, live }: Pick<Attempt, "intent" | "live">,
  signal: AbortSignal,
): Promise<void> {
  await live.gate.disarm(signal);
  await disarmIntent(db, { intentId: intent.id, fence: live.fence });
}

/** Writes what the person corrected and reads the page as it now stands. */
async function writeCorrections(
  deps: WorkerDeps,
  { task, intent, live }: Omit<Attempt, "runId">,
  signal: AbortSignal,
): Promise<PageToSend> {
  const approval = await findWhatIsApproved(deps, { task, intent });
  const start = { taskId: task.id, epoch: task.epoch };
  const pages = await listPages(deps.db, start);
  const last = pages.find((page) => page.isLast);
  const adapter = adapterOf(task.platform);
  const stood = { page: live.page, adapter, expected: last?.signature };
  const opened = await openSiteForm(stood, signal);
  if (opened.kind !== "form" || last === undefined) throw formGone();
  const { form } = opened;
  const resume = await readResumeFile(deps, task, signal);
  const files = resumeFiles(form, resume);
  const { overrides } = approval;
  const stands = { page: live.page, form, files, pageNumber: last.page };
  const isCorrected = Object.keys(overrides).length > 0;
  const before = isCorrected ? await readBack({ ...stands, plan: last.plan }, signal) : undefined;
  const plan = await correct({ live, form, last, overrides }, signal);
  const asApproved = comparedWith(before);
  const read = async () => asApproved(await readBack({ ...stands, plan }, signal));
  const withLast = (snapshot: SnapshotPage): TaskPage[] =>
    pages.map((page) => (page.page === last.page ? { ...page, plan, snapshot } : page));
  const snapshot = await read();
  const current = withLast(snapshot);
  await savePage(deps.db, start, { ...last, plan, snapshot });
  await assertReviewShows({ page: live.page, pages }, signal);
  return {
    form,
    pages: current,
    snapshot: snapshotOf(task.jobKey, current),
    approvedDigest: approval.digest,
    readAgain: async () => withLast(await read()),
  };
}

/**
 * A correction takes along what no field shows, such as the own value of another choice. What the page sent
 * before it is what was approved; what it sends after it must then stay.
 */
function comparedWith(before: SnapshotPage | undefined): (now: SnapshotPage) => SnapshotPage {
  if (before?.carried === undefined) return (now) => now;
  const { carried } = before;
  let corrected: string | undefined;
  return (now) => {
    const sends = canonicalJson(now.carried);
    corrected ??= sends;
    return sends === corrected ? { ...now, carried } : now;
  };
}

/** A rehearsal needs no approval: it is compared with what was prepared. */
async function findWhatIsApproved(
  deps: WorkerDeps,
  { task, intent }: { readonly task: TaskRow; readonly intent: IntentRow },
): Promise<Pick<StoredApproval, "digest" | "overrides">> {
  if (task.rehearsal) return { digest: intent.digest, overrides: {} };
  const approval = await findApprovalOf(deps, intent);
  if (approval === undefined) throw approvalGone();
  return approval;
}

async function findApprovalOf(
  { db }: WorkerDeps,
  { approvalId }: IntentRow,
): Promise<StoredApproval | undefined> {
  return approvalId === null ? undefined : await findApproval(db, approvalId);
}

async function correct(
  {
    live,
    form,
    last,
    overrides,
  }: {
    readonly live: LiveSession;
    readonly form: FormPage;
    readonly last: TaskPage;
    readonly overrides: Readonly<Record<string, FieldValue>>;
  },
  signal: AbortSignal,
): Promise<TaskPage["plan"]> {
  if (Object.keys(overrides).length === 0) return last.plan;
  const { plan: corrections } = planOverrides(form.fields, overrides);
  await fillPage({ page: live.page, form, plan: corrections, files: {} }, signal);
  const corrected = new Map(corrections.map((field) => [field.id, field]));
  return last.plan.map((field) => corrected.get(field.id) ?? field);
}

/** Nothing is sent: what is on the page now is bound to a new attempt, for which somebody has to stand. */
async function review(
  deps: WorkerDeps,
  {
    task,
    ...toReview
  }: {
    readonly task: TaskRow;
    readonly runId: string;
    readonly pages: readonly TaskPage[];
    /** The person sees it, whatever their standing consent says. */
    readonly alwaysAsk: boolean;
  },
): Promise<DispatchOutput | Passed> {
  const prepared = await prepareReview(deps, { taskId: task.id, ...toReview });
  if (prepared.kind === "superseded") return superseded;
  if (prepared.kind === "sent") return sent;
  if (prepared.kind === "held") return ended;
  return { reviewAgain: prepared.stepId };
}

function approvalGone(): ValetError {
  return new ValetError(
    "STALE_REVIEW",
    "There is no valid approval for what is on the page. Nothing was sent.",
  );
}

function formGone(): ValetError {
  return new ValetError(
    "FORM_NOT_FOUND",
    "The form is no longer open in the browser. Nothing was sent. Start the application again.",
  );
}
