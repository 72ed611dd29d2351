import { type PersonWall, isValetError } from "@valet/contracts";
import {
  type IntentRow,
  type StepTry,
  type TaskPage,
  type TaskRow,
  type TaskWrite,
  countAttempts,
  countCodes,
  disarmIntent,
  findIntent,
} from "@valet/db";
import { type DispatchEvidence, judgeDispatch, mayHaveBeenSent } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { isStillOurs } from "../restore/is-still-ours.ts";
import { untilGone } from "../restore/until-gone.ts";
import { approveAgain } from "./approve-anew.ts";
import { findAnswer } from "./find-answer.ts";
import { recordJudgement } from "./record-judgement.ts";
import type { DispatchOutput, Passed } from "./step-result.ts";
import { stopAtWall } from "./stop-at-wall.ts";
import { waitForTakeover } from "./wait-for-takeover.ts";

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
export async function closeEpoch(
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
  const judgement = judgeDispatch(evidence);
  if (judgement.verdict.kind !== "code_required") return { dispatched: true };
  if ((await countCodes(deps.db, task.id)) >= mostCodes) return { dispatched: true };
  const closeAttempt = (write: TaskWrite) => recordJudgement(write, { judgement, evidence });
  return stopAtWall(deps, { ...watched, wall, closeAttempt }, signal);
}
