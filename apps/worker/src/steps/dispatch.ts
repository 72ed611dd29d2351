import {
  type DispatchInput,
  type FieldValue,
  type PersonWall,
  type SnapshotPage,
  ValetError,
} from "@valet/contracts";
import {
  type HumanStepRow,
  type IntentRow,
  type StepTry,
  type StoredApproval,
  type TaskPage,
  type TaskRow,
  enterState,
  findIntent,
  findOwnedTask,
  getHumanStep,
  listPages,
  reportProgress,
  savePage,
  snapshotOf,
  takeCode,
  writeTask,
} from "@valet/db";
import { canonicalJson, isDigestOf, mayHaveBeenSent } from "@valet/domain";
import { type FormPage, enterCode, fillPage, planOverrides, readBack } from "@valet/forms";
import { adapterOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot, keepSnapshot } from "../evidence/keep-evidence.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { readResumeFile } from "../resume-file.ts";
import { type Attempt, approveAnew, findApprovalOf, giveUp, review } from "./approve-anew.ts";
import { armInTurn } from "./arm-in-turn.ts";
import { assertReviewShows } from "./assert-review-shows.ts";
import { closeEpoch } from "./close-epoch.ts";
import { endApplication } from "./end-application.ts";
import { findWall } from "./find-wall.ts";
import { recipesFor } from "./known-recipes.ts";
import { type PageToSend, enteredOn, formOf } from "./page-to-send.ts";
import { endUnhelped } from "./person-texts.ts";
import { rehearse } from "./rehearse.ts";
import { resumeFiles } from "./resume-files.ts";
import { sendOnce } from "./send-once.ts";
import { settleHumanStep } from "./settle-human-step.ts";
import { type DispatchOutput, type Passed, ended, sent, superseded } from "./step-result.ts";
import { stopAtWall } from "./stop-at-wall.ts";
import { waitForTakeover } from "./wait-for-takeover.ts";

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
    (use) => dispatchFromPage(deps, { task, runId, turn, found: intent, wall, moreTime }, use),
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
    moreTime,
  }: {
    readonly task: TaskRow;
    readonly runId: string;
    readonly turn: StepTry;
    readonly found: IntentRow;
    readonly wall: HumanStepRow | undefined;
    readonly moreTime: () => Promise<void>;
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
  const isOver = intent.state === "aborted" || intent.state === "armed";
  if (isOver || (await isLeftByPress(deps, { task, intent }))) {
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
  const arm = {
    intentId: intent.id,
    digest: held.approvedDigest,
    runId,
    sessionId: live.session.id,
    fence: live.fence,
  };
  const armed = await armInTurn(deps, { task, arm, moreTime }, signal);
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

/** A person in control has pressed once, which took the place of what was approved, and then left it to Valet. */
async function isLeftByPress(
  deps: WorkerDeps,
  { task, intent }: Pick<Attempt, "task" | "intent">,
): Promise<boolean> {
  if (task.rehearsal) return false;
  return intent.state === "prepared" || (await findApprovalOf(deps, intent))?.mode === "act";
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
  const plan = await correct(deps, { live, form, last, overrides }, signal);
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

async function correct(
  deps: WorkerDeps,
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
  const recipes = (await recipesFor(deps, form))(form);
  await fillPage({ page: live.page, form, plan: corrections, files: {}, recipes }, signal);
  const corrected = new Map(corrections.map((field) => [field.id, field]));
  return last.plan.map((field) => corrected.get(field.id) ?? field);
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
