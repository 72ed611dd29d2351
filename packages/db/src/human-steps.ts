import {
  HumanStep,
  type HumanStepKind,
  type UnansweredQuestion,
  ValetError,
  WaitLimits,
  waitScope,
} from "@valet/contracts";
import { isEnded, waitSecondsOf } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import {
  type HumanStepRow,
  findOpenStep,
  getHumanStep,
  secondsLeft,
  stepRowOf,
} from "./human-step-rows.ts";
import { findIntent, setIntentState } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { approvalLifetime } from "./lifetimes.ts";
import { enqueue } from "./outbox.ts";
import { enterWait } from "./task-progress.ts";
import { isUuid } from "./task-row.ts";
import { withdrawAct } from "./withdraw-act.ts";
import type { TaskWrite } from "./write-task.ts";

/** What a person is needed for, other than a review. */
export interface PersonNeeded {
  readonly kind: Exclude<HumanStepKind, "review">;
  /** For the person: why, and what to do. */
  readonly asks: string;
  /** The same, once they have said that it is done and it is not. */
  readonly asksAgain: string;
  /** Deep link to this application. */
  readonly url: string;
  readonly questions?: readonly UnansweredQuestion[];
  /** Of a code, where the page shows how many characters it has. */
  readonly codeLength?: number | undefined;
  /** Of the attempt that the person approves by getting past this wall (`digestAtWall`). */
  readonly digest?: string | undefined;
  /** Where the picture of the page is stored. */
  readonly screenshot?: string;
}

export interface PersonAsked {
  readonly stepId: string;
  /** Until it expires, by the database's clock. */
  readonly seconds: number;
}

/** A wall that still stands after the person tried keeps its deadline, and leaves them at least this long. */
const leastSeconds = 60;

/**
 * Asks the person and waits: one open step a task. A run that was started anew meets the same wall again
 * and waits for the same step; what is no longer asked is withdrawn.
 */
export async function askPerson(write: TaskWrite, needed: PersonNeeded): Promise<PersonAsked> {
  const { trx, task } = write;
  const { kind, url, questions = [], codeLength, digest, screenshot } = needed;
  await enterWait(write, "awaiting_human");
  const open = await findOpenStep(trx, task.id);
  if (open !== undefined && !open.isExpired && asksTheSame(open.step, needed)) {
    return { stepId: open.step.id, seconds: Math.max(1, open.seconds) };
  }
  if (open !== undefined) {
    await closeHumanStep(write, open.step.id, open.isExpired ? "expired" : "withdrawn");
  }
  const tried = kind === "question" ? undefined : await findNewest(write, kind);
  const isAgain = tried?.state === "done";
  const reason = isAgain ? needed.asksAgain : needed.asks;
  const limit = waitSecondsOf(kind, WaitLimits.parse(task.waitLimits));
  const step = await trx
    .insertInto("humanSteps")
    .values({
      taskId: task.id,
      kind,
      state: "open",
      reason,
      questions: jsonValue(questions),
      codeLength: codeLength ?? null,
      digest: digest ?? null,
      expiresAt: isAgain
        ? sql<Date>`greatest(${tried.expiresAt}::timestamptz, now() + ${leastSeconds} * interval '1 second')`
        : sql<Date>`now() + ${limit} * interval '1 second'`,
    })
    .returning(["id", "expiresAt", secondsLeft])
    .executeTakeFirstOrThrow();
  write.append({
    type: "human_needed",
    data: {
      stepId: step.id,
      kind,
      reason,
      url,
      expiresAt: step.expiresAt.toISOString(),
      ...(screenshot === undefined ? {} : { screenshot }),
    },
  });
  return { stepId: step.id, seconds: Math.max(1, step.seconds) };
}

function asksTheSame(step: HumanStepRow, { kind, questions = [], digest }: PersonNeeded): boolean {
  const asked = (some: readonly UnansweredQuestion[]) => some.map(({ fieldId }) => fieldId).join();
  const isSameAttempt = step.digest === (digest ?? null);
  return step.kind === kind && isSameAttempt && asked(step.questions) === asked(questions);
}

/** What the task waits for a person to do, whatever its kind. */
export async function findOpenHumanStep(
  db: Querier,
  taskId: string,
): Promise<HumanStep | undefined> {
  const open = await findOpenStep(db, taskId);
  if (open === undefined) return undefined;
  const { id, kind, reason, digest, expiresAt, questions, codeLength } = open.step;
  return HumanStep.parse({
    id,
    kind,
    reason,
    digest: kind === "review" ? (digest ?? undefined) : undefined,
    expiresAt: expiresAt.toISOString(),
    ...(questions.length > 0 ? { questions } : {}),
    codeLength: codeLength ?? undefined,
  });
}

export async function closeHumanStep(
  { trx, append }: TaskWrite,
  stepId: string,
  state: "done" | "expired" | "withdrawn",
): Promise<void> {
  const row = await trx
    .updateTable("humanSteps")
    .set({ state, outcome: state, doneAt: sql`now()` })
    .where("id", "=", stepId)
    .where("state", "=", "open")
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined) append({ type: "human_done", data: { stepId, outcome: state } });
}

/**
 * The person says that it is done. Whether it is will be looked at on the page; here it is stored, and the
 * waiting run will be told, in the same transaction. Said twice it is said once.
 * Throws `NOT_FOUND`, `NO_OPEN_STEP`, `CODE_REQUIRED` and `INVALID_ANSWER` (a question or review has its own way).
 */
export async function finishHumanStep(
  write: TaskWrite,
  { stepId, code }: { readonly stepId: string; readonly code?: string | undefined },
): Promise<void> {
  const { step, isOpen } = await findStepToFinish(write, stepId);
  if (step.kind === "question" || step.kind === "review") throw otherWay(step.kind);
  if (!isOpen) return;
  if (step.kind === "email_code" && code === undefined) throw codeRequired();
  if (step.kind !== "email_code" && code !== undefined) throw noCodeAsked();
  if (code !== undefined) {
    const { codeLength } = step;
    if (codeLength !== null && code.length !== codeLength) throw wrongLength(codeLength);
    await write.trx.updateTable("humanSteps").set({ code }).where("id", "=", stepId).execute();
  }
  if (step.digest !== null) await approveAtWall(write, { ...step, digest: step.digest });
  await closeAndTell(write, step);
}

/**
 * After the click the person has seen and approved all but what the wall asks for. Getting past it approves
 * the next attempt, which is bound to the same form.
 */
async function approveAtWall(
  write: TaskWrite,
  { id: stepId, digest }: Pick<HumanStepRow, "id"> & { readonly digest: string },
): Promise<void> {
  const { trx, task } = write;
  await withdrawAct(write);
  const intent = await findIntent(trx, task.id);
  if (intent?.state !== "prepared" || intent.digest !== digest) throw noOpenStep();
  const approval = await trx
    .insertInto("approvals")
    .values({
      taskId: task.id,
      stepId,
      userId: task.userId,
      mode: "copilot",
      digest,
      expiresAt: approvalLifetime,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await setIntentState(trx, intent, "approve", { approvalId: approval.id });
}

/** How often the person has said a code for this application. */
export async function countCodes(db: Querier, taskId: string): Promise<number> {
  const { count } = await db
    .selectFrom("humanSteps")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("taskId", "=", taskId)
    .where("kind", "=", "email_code")
    .where("state", "=", "done")
    .executeTakeFirstOrThrow();
  return count;
}

/** The newest captcha of this task is said to be solved; throws `NO_OPEN_STEP` where there is none. */
export async function finishCaptcha(write: TaskWrite): Promise<void> {
  const step = await findNewest(write, "captcha");
  if (step === undefined) throw noOpenStep();
  await finishHumanStep(write, { stepId: step.id });
}

/** What a person does in the live view, and has done when they hand the browser back. */
const doneInTheBrowser: ReadonlySet<HumanStepKind> = new Set([
  "takeover",
  "captcha",
  "sign_in",
  "consent",
]);

/**
 * The browser is handed back: what it was taken over for counts as done, and will be looked at on the page.
 * Nothing is said where the person only looked on, or is asked something that the browser does not answer.
 */
export async function finishByHandingBack(write: TaskWrite): Promise<void> {
  const open = await findOpenStep(write.trx, write.task.id);
  if (open === undefined || open.isExpired || !doneInTheBrowser.has(open.step.kind)) return;
  await finishHumanStep(write, { stepId: open.step.id });
}

/** The open question, or the newest one where it was answered already. Throws `NO_OPEN_STEP`. */
export async function findQuestion(
  write: TaskWrite,
): Promise<{ readonly step: HumanStepRow; readonly isOpen: boolean }> {
  const step = await findNewest(write, "question");
  if (step === undefined) throw noOpenStep();
  return findStepToFinish(write, step.id);
}

async function findNewest(
  { trx, task }: TaskWrite,
  kind: HumanStepKind,
): Promise<HumanStepRow | undefined> {
  const row = await trx
    .selectFrom("humanSteps")
    .selectAll()
    .where("taskId", "=", task.id)
    .where("kind", "=", kind)
    .orderBy("createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && stepRowOf(row);
}

async function findStepToFinish(
  { trx, task }: TaskWrite,
  stepId: string,
): Promise<{ readonly step: HumanStepRow; readonly isOpen: boolean }> {
  const row = isUuid(stepId)
    ? await trx
        .selectFrom("humanSteps")
        .selectAll()
        .select(sql<boolean>`expires_at <= now()`.as("isExpired"))
        .where("id", "=", stepId)
        .where("taskId", "=", task.id)
        .executeTakeFirst()
    : undefined;
  if (row === undefined) throw stepNotFound();
  const step = stepRowOf(row);
  if (step.state === "done" && !isEnded(task.state)) return { step, isOpen: false };
  if (step.state !== "open" || row.isExpired || isEnded(task.state)) throw noOpenStep();
  return { step, isOpen: true };
}

/** Closes what the person has done and has the waiting run told, once this transaction is committed. */
export async function closeAndTell(
  write: TaskWrite,
  { id: stepId, kind }: Pick<HumanStepRow, "id" | "kind">,
): Promise<void> {
  const { trx, task } = write;
  await closeHumanStep(write, stepId, "done");
  await enqueue(trx, task.id, {
    kind: "push_event",
    key: kind === "captcha" ? "captcha_solved" : "human_step_done",
    scope: waitScope({ taskId: task.id, stepId }),
    payload: { taskId: task.id, stepId },
  });
}

/** The same for a review, by whichever approval it is over. */
export async function closeReviewAndTell(
  write: TaskWrite,
  { stepId, approvalId }: { readonly stepId: string; readonly approvalId: string },
): Promise<void> {
  const { trx, task } = write;
  await closeHumanStep(write, stepId, "done");
  await enqueue(trx, task.id, {
    kind: "push_event",
    key: "review_approved",
    scope: waitScope({ taskId: task.id, stepId }),
    payload: { taskId: task.id, stepId, approvalId },
  });
}

/** The code that the person typed, once: it is erased as it is read. */
export async function takeCode(db: Querier, stepId: string): Promise<string | undefined> {
  const { code } = await getHumanStep(db, stepId);
  await db.updateTable("humanSteps").set({ code: null }).where("id", "=", stepId).execute();
  return code ?? undefined;
}

function stepNotFound(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "This application has no such step. Look at what it waits for with `valet tasks`.",
  );
}

function noOpenStep(): ValetError {
  return new ValetError(
    "NO_OPEN_STEP",
    "This application does not wait for that any more: it was done, its time is over, or the application has ended. Nothing was changed. Look at where it stands with `valet tasks`.",
  );
}

function otherWay(kind: "question" | "review"): ValetError {
  return new ValetError(
    "INVALID_ANSWER",
    kind === "question"
      ? "The form asks questions, so saying that it is done is not enough. Nothing was changed. Answer them with `valet done TASK --answer ID=VALUE`."
      : "The form waits for your approval, so saying that it is done is not enough. Nothing was changed. Look at it and approve it with `valet approve TASK`.",
  );
}

function codeRequired(): ValetError {
  return new ValetError(
    "CODE_REQUIRED",
    "The site has sent you a code and waits for it. Nothing was changed. Say it with `valet done TASK --code CODE`.",
  );
}

function wrongLength(codeLength: number): ValetError {
  return new ValetError(
    "INVALID_ANSWER",
    `The site has boxes for a code of ${codeLength} characters, and this one has another length. Nothing was changed. Look at the site's e-mail again.`,
    { codeLength },
  );
}

function noCodeAsked(): ValetError {
  return new ValetError(
    "INVALID_ANSWER",
    "The site has not asked for a code here. Nothing was changed. Say that it is done without one.",
  );
}
