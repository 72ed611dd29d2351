import { type PersonWall, isValetError } from "@valet/contracts";
import {
  type IntentRow,
  type StepTry,
  type TaskEnd,
  type TaskRow,
  closeHumanStep,
  endTask,
  enterState,
  findIntent,
  findOwnedTask,
  reportProgress,
  writeTask,
} from "@valet/db";
import {
  type DispatchEvidence,
  type Judgement,
  effectsOf,
  isEnded,
  judgeDispatch,
  mayHaveBeenSent,
} from "@valet/domain";
import { adapterOf, readSiteAnswer } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { keepReceipt, keepScreenshot } from "../evidence/keep-evidence.ts";
import { attachToJudge } from "./attach-to-judge.ts";
import { endApplication, releaseSession } from "./end-application.ts";
import { findAnswer } from "./find-answer.ts";
import { findWall } from "./find-wall.ts";
import { endUnhelped } from "./person-texts.ts";
import { recordJudgement } from "./record-judgement.ts";
import type { StepInput } from "./step-input.ts";
import {
  type Passed,
  type Rehearsed,
  type SubmitOutput,
  type VerifyOutput,
  isPassed,
  superseded,
} from "./step-result.ts";
import { stepTexts } from "./step-texts.ts";
import { untilPageSettles } from "./until-page-settles.ts";

/** A slow site may still be answering: the step has 30 s, this much of it goes into looking. */
const lookMs = 20_000;

/** Decides what became of the application, keeps the proof, and gives the browser back. */
export async function verify(
  deps: WorkerDeps,
  { job, runId, turn, submitted }: StepInput & { readonly submitted: SubmitOutput | Passed },
  signal: AbortSignal,
): Promise<VerifyOutput | Passed> {
  const { taskId } = job;
  const task = await findOwnedTask(deps.db, { taskId, runId });
  if (task === undefined) return superseded;
  const intent = await findIntent(deps.db, taskId);
  // Also where the time for a review was over: the person may have sent it themselves, in the live view.
  const isSent = intent !== undefined && mayHaveBeenSent(intent.state);
  if (!isSent && !isPassed(submitted) && !("dispatched" in submitted)) {
    return endUnsent(deps, { taskId, runId, submitted }, signal);
  }
  if (intent === undefined || !mayHaveBeenSent(intent.state)) {
    const end = await endUnsentPage(deps, { taskId, runId, turn }, signal);
    return endApplication(deps, { taskId, runId, end }, signal);
  }
  await writeTask(deps.writer, taskId, (write) => enterState(write, "verifying"));
  const found = await findEvidence(deps, { task, runId, turn, intent }, signal);
  const judgement = judgeDispatch(found.evidence);
  const end = endOf(judgement, found.reference);
  await deps.checkpoint("verify:judged", taskId);
  await keepReceipt(deps, { taskId, end }, signal);
  await writeTask(deps.writer, taskId, async (write) => {
    if (isEnded(write.task.state)) return;
    await recordJudgement(write, { judgement, evidence: found.evidence });
    reportProgress(write, { step: "verify", ...stepTexts.verify.ends });
    await endTask(write, end);
  });
  await releaseSession(deps, { taskId, runId }, signal);
  return { outcome: end.outcome, signs: judgement.signs.length };
}

/** A rehearsal that went as far as it may, or a review nobody answered in time: closed, not sent. */
async function endUnsent(
  deps: WorkerDeps,
  {
    taskId,
    runId,
    submitted,
  }: {
    readonly taskId: string;
    readonly runId: string;
    readonly submitted: Exclude<SubmitOutput, { dispatched: true }>;
  },
  signal: AbortSignal,
): Promise<Passed> {
  if ("rehearsed" in submitted) {
    const end = endOfRehearsal(submitted);
    await keepReceipt(deps, { taskId, end }, signal);
    return endApplication(deps, { taskId, runId, end }, signal);
  }
  const { expired } = submitted;
  await writeTask(deps.writer, taskId, (write) => closeHumanStep(write, expired, "expired"));
  return endApplication(deps, { taskId, runId, end: reviewExpired }, signal);
}

/** The gate let nothing out, so nothing arrived; what the page asks for instead is the reason. */
async function endUnsentPage(
  deps: WorkerDeps,
  run: Pick<StepInput, "runId" | "turn"> & { readonly taskId: string },
  signal: AbortSignal,
): Promise<TaskEnd> {
  try {
    const { page } = await deps.sessions.attach(run, signal);
    await keepScreenshot(deps, { taskId: run.taskId, kind: "after-submit", page }, signal);
    const wall = await findWall(page, signal);
    if (wall?.kind === "person") return endUnhelped({ kind: wall.wall, questions: [] });
    return wall?.end ?? nothingSent;
  } catch (error) {
    signal.throwIfAborted();
    deps.log.debug({ err: error, taskId: run.taskId }, "the page of an unsent application is gone");
    return nothingSent;
  }
}

interface Found {
  readonly evidence: DispatchEvidence;
  readonly reference: string | undefined;
}

/** What the page shows now, and how the site answered since dispatch, as the session host saw it. */
async function findEvidence(
  deps: WorkerDeps,
  {
    task,
    runId,
    turn,
    intent,
  }: {
    readonly task: TaskRow;
    readonly runId: string;
    readonly turn: StepTry;
    readonly intent: IntentRow;
  },
  signal: AbortSignal,
): Promise<Found> {
  const { id: taskId, jobKey } = task;
  const adapter = adapterOf(task.platform);
  try {
    const { live, isSender } = await attachToJudge(
      deps,
      { runId, taskId, turn, sentFrom: intent.sessionId },
      signal,
    );
    const look = () => readSiteAnswer({ page: live.page, adapter, jobKey }, signal);
    const settled = await untilPageSettles(look, { timeoutMs: lookMs }, signal);
    await keepScreenshot(deps, { taskId, kind: "after-submit", page: live.page }, signal);
    const response = await findAnswer(deps, intent, signal);
    return {
      evidence: { page: pageSign(settled, isSender), response, sessionAlive: true },
      reference: settled.kind === "confirmation" ? settled.reference : undefined,
    };
  } catch (error) {
    if (!isValetError(error, "SESSION_LOST")) throw error;
    return {
      evidence: { page: "unreachable", response: intent.response, sessionAlive: false },
      reference: undefined,
    };
  }
}

function pageSign(
  seen: Awaited<ReturnType<typeof untilPageSettles>>,
  isSender: boolean,
): DispatchEvidence["page"] {
  switch (seen.kind) {
    case "wall":
      return seen.by;
    case "form_with_errors":
      return isSender ? seen.kind : "other";
    case "confirmation":
    case "already_applied":
    case "form":
    case "site_error":
    case "unreachable":
      return seen.kind;
    case "posting":
    case "closed":
    case "not_found":
    case "unknown":
      return "other";
  }
}

function endOf({ verdict, signs }: Judgement, reference: string | undefined): TaskEnd {
  const { outcome, reason } = effectsOf(verdict);
  const confirmation = {
    ...(reference === undefined ? {} : { reference }),
    signs: [...signs],
    at: new Date().toISOString(),
  };
  return {
    outcome,
    reason,
    message: verdict.kind === "walled" ? messagesAtWall[verdict.by] : messages[verdict.kind],
    step: "verify",
    ...(verdict.kind === "confirmed" ? { confirmation } : {}),
  };
}

const messages = {
  confirmed: "The site confirmed that your application arrived.",
  already_applied: "The site says that you had already applied for this job.",
  rejected:
    "The site did not accept the form and shows errors. Nothing was stored there as far as can be seen. Look at the screenshot and correct the answers before you apply again.",
  code_required:
    "The site did not take the application without a code that it has just sent to your e-mail address. Go on by hand on the site, or apply again.",
  unknown:
    "The application was sent, but no proof of its arrival was seen. It will not be sent again. Look for an e-mail from the employer, then say what became of it.",
} as const;

const notAgain =
  "Whether your application counts is not proven, so it will not be sent again. Go on by hand on the site, or look for an e-mail from the employer, then say what became of it.";

const messagesAtWall: Readonly<Record<PersonWall, string>> = {
  captcha: `After the click the site asked for a captcha, which only a person may solve. ${notAgain}`,
  email_code: `After the click the site asked for a code that it sent to your e-mail address. ${notAgain}`,
  sign_in: `After the click the site asked for an account. ${notAgain}`,
  consent: `After the click the site asked for a consent of your own. ${notAgain}`,
};

const nothingSent: TaskEnd = {
  outcome: "not_submitted",
  reason: "STEP_FAILED",
  message:
    "Nothing was sent: the form did not send itself, or not where it said it would. Look at the screenshot, then start the application again.",
  step: "submit",
};

function endOfRehearsal({ rehearsed, carried, differences }: Rehearsed): TaskEnd {
  const found =
    rehearsed === "sends_nothing"
      ? "the form was filled and its button pressed, and it tried to send nothing"
      : `the form was filled, and its button would have sent ${carried} values; ${differences} differ from what the form shows`;
  return {
    outcome: "not_submitted",
    reason: "REHEARSAL",
    message: `The rehearsal is done: ${found}. Nothing was sent. Look at the kept rehearsal for all of it.`,
  };
}

const reviewExpired: TaskEnd = {
  outcome: "not_submitted",
  reason: "REVIEW_EXPIRED",
  message: "Nobody approved the form in time, so nothing was sent. Start the application again.",
  step: "submit",
};
