import {
  type Confirmation,
  type Outcome,
  type ReasonCode,
  type StepName,
  type TaskState,
  type UnansweredQuestion,
  ValetError,
} from "@valet/contracts";
import {
  type WorkingState,
  isEnded,
  mayHaveBeenSent,
  nextTaskState,
  pctOnEntering,
} from "@valet/domain";
import { sql } from "kysely";
import { findIntent, setIntentState } from "./intents.ts";
import { tellBatch } from "./tell-batch.ts";
import type { TaskWrite } from "./write-task.ts";

/** Moves the task to a working state; being there already changes nothing. */
export function enterState(write: TaskWrite, state: WorkingState): void {
  const next = nextTaskState(write.task.state, { type: "entered", state });
  if (next === undefined) throw illegalTransition(write.task.state, state);
  changeState(write, next);
}

/** The task waits for its person, so its batch has room for one more; waiting already changes nothing. */
export async function enterWait(
  write: TaskWrite,
  state: "awaiting_human" | "awaiting_review",
): Promise<void> {
  const { state: before } = write.task;
  enterState(write, state);
  if (before !== state) await tellBatch(write);
}

/** `created` → `queued`. */
export function enterQueue(write: TaskWrite): void {
  const next = nextTaskState(write.task.state, { type: "enqueued" });
  if (next === undefined) throw illegalTransition(write.task.state, "queued");
  changeState(write, next);
}

/** Records how far a step is. The share never falls; 100 is kept for the end. */
export function reportProgress(
  write: TaskWrite,
  {
    step,
    pct,
    message,
  }: { readonly step: StepName; readonly pct: number; readonly message: string },
): void {
  const shown = Math.max(write.task.pct, Math.min(99, Math.round(pct)));
  setPct(write, shown);
  write.append({ type: "progress", data: { step, pct: shown, message } });
}

export interface TaskEnd {
  readonly outcome: Outcome;
  readonly reason: ReasonCode | null;
  /** For the applicant: what happened and what to do next; no values. */
  readonly message: string;
  readonly step?: StepName;
  readonly questions?: readonly UnansweredQuestion[];
  readonly confirmation?: Confirmation;
}

/**
 * Ends the task once. An application that may have been sent never ends as "not submitted": it
 * becomes `unconfirmed`, whatever the caller believed. Returns false when it had ended before.
 */
export async function endTask(write: TaskWrite, wanted: TaskEnd): Promise<boolean> {
  if (isEnded(write.task.state)) return false;
  const end = await settleIntent(write, wanted);
  const next = nextTaskState(write.task.state, {
    type: "ended",
    outcome: end.outcome,
    reason: end.reason,
  });
  if (next === undefined) throw illegalTransition(write.task.state, "completed");
  await withdrawHumanSteps(write);
  changeState(write, next);
  write.change({
    outcome: end.outcome,
    reason: end.reason,
    message: end.message,
    questions: end.questions ?? [],
    confirmation: end.confirmation ?? null,
    finishedAt: new Date(),
  });
  appendEnd(write, next, end);
  await tellBatch(write);
  return true;
}

/** The person's word takes the place of an outcome that was unknown; throws when it was known. */
export function resolveEnd(
  write: TaskWrite,
  { outcome, message }: Pick<TaskEnd, "outcome" | "message">,
): void {
  const reason = "STATED_BY_PERSON";
  const next = nextTaskState(write.task.state, { type: "resolved", outcome, reason });
  if (next === undefined) throw illegalTransition(write.task.state, "completed");
  changeState(write, next);
  write.change({ outcome, reason, message });
  appendEnd(write, next, { outcome, reason, message });
}

function appendEnd(write: TaskWrite, state: TaskState, end: TaskEnd): void {
  const { outcome, confirmation, step, questions } = end;
  if (state === "completed") {
    write.append({
      type: "completed",
      data: { outcome, ...(confirmation ? { confirmation } : {}) },
    });
    return;
  }
  write.append({
    type: "failed",
    data: {
      code: end.reason ?? outcome.toUpperCase(),
      message: end.message,
      outcome,
      ...(step ? { step } : {}),
      ...(questions ? { questions: [...questions] } : {}),
    },
  });
}

/** What was sent stays on record; what was not can no longer be sent. */
async function settleIntent(write: TaskWrite, end: TaskEnd): Promise<TaskEnd> {
  const intent = await findIntent(write.trx, write.task.id);
  if (intent === undefined || intent.state === "aborted") return end;
  if (!mayHaveBeenSent(intent.state)) {
    await setIntentState(write.trx, intent, "abort");
    return end;
  }
  if (intent.state === "dispatched") await setIntentState(write.trx, intent, "lose_track");
  if (end.outcome !== "not_submitted") return end;
  return {
    ...end,
    outcome: "unconfirmed",
    reason: "NO_PROOF",
    message:
      "The application was sent, but no proof of its arrival was seen. It will not be sent again. Look for an e-mail from the employer, then say what became of it with `valet resolve`.",
  };
}

async function withdrawHumanSteps({ trx, task, append }: TaskWrite): Promise<void> {
  await trx.updateTable("humanSteps").set({ code: null }).where("taskId", "=", task.id).execute();
  const steps = await trx
    .updateTable("humanSteps")
    .set({ state: "withdrawn", outcome: "withdrawn", doneAt: sql`now()` })
    .where("taskId", "=", task.id)
    .where("state", "=", "open")
    .returning("id")
    .execute();
  for (const { id } of steps)
    append({ type: "human_done", data: { stepId: id, outcome: "withdrawn" } });
}

export function changeState(write: TaskWrite, to: TaskState): void {
  const from = write.task.state;
  if (from === to) return;
  write.change({ state: to });
  write.append({ type: "state_change", data: { from, to } });
  const completed = to === "completed";
  if (completed || !isEnded(to))
    setPct(write, completed ? 100 : Math.max(write.task.pct, pctOnEntering[to]));
}

function setPct(write: TaskWrite, pct: number): void {
  if (pct !== write.task.pct) write.change({ pct });
}

function illegalTransition(from: TaskState, to: TaskState): ValetError {
  return new ValetError(
    "ILLEGAL_TRANSITION",
    `This application is ${from.replaceAll("_", " ")}, so it cannot become ${to.replaceAll("_", " ")}. Nothing was changed.`,
    { from, to },
  );
}
