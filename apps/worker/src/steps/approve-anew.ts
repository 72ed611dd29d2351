import {
  type IntentRow,
  type StoredApproval,
  type TaskPage,
  type TaskRow,
  disarmIntent,
  findApproval,
  listPages,
} from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type DispatchOutput, type Passed, ended, sent, superseded } from "./step-result.ts";
import { prepareReview } from "./upload-resume.ts";

/** One attempt at an application, and the live page that it is made on. */
export interface Attempt {
  readonly task: TaskRow;
  readonly intent: IntentRow;
  readonly runId: string;
  readonly live: LiveSession;
}

/** The last page as it stands, bound to a new attempt: the person looks again, or their standing consent does. */
export async function approveAnew(
  deps: WorkerDeps,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  await giveUp(deps, attempt, signal);
  return approveAgain(deps, attempt);
}

/** For an attempt that is over already. */
export async function approveAgain(
  deps: WorkerDeps,
  { task, intent, runId }: Pick<Attempt, "task" | "intent" | "runId">,
): Promise<DispatchOutput | Passed> {
  const pages = await listPages(deps.db, { taskId: task.id, epoch: task.epoch });
  const approval = await findApprovalOf(deps, intent);
  // What a person looked at once, for whatever reason, is theirs to look at again.
  return review(deps, { task, runId, pages, alwaysAsk: approval?.mode !== "autopilot" });
}

/** The gate closes first, so that nothing can leave after the attempt is over. */
export async function giveUp(
  { db }: WorkerDeps,
  { intent, live }: Pick<Attempt, "intent" | "live">,
  signal: AbortSignal,
): Promise<void> {
  await live.gate.disarm(signal);
  await disarmIntent(db, { intentId: intent.id, fence: live.fence });
}

/** Nothing is sent: what is on the page now is bound to a new attempt, for which somebody has to stand. */
export async function review(
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

export async function findApprovalOf(
  { db }: WorkerDeps,
  { approvalId }: IntentRow,
): Promise<StoredApproval | undefined> {
  return approvalId === null ? undefined : await findApproval(db, approvalId);
}
