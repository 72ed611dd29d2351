import { setTimeout as delay } from "node:timers/promises";
import type { CreatedSession } from "@valet/browser";
import { type JobApplicationInput, isValetError } from "@valet/contracts";
import { claimTask, enterState, findIntent, reportProgress, writeTask } from "@valet/db";
import { assertPublicAddress, mayHaveBeenSent, parseJobUrl } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import type { StepInput } from "./step-input.ts";
import { stepTexts } from "./step-texts.ts";
import { type Passed, type StartBrowserOutput, isPassed, sent, superseded } from "./step-result.ts";

/** Claims the task for this run and leases a browser that is already on its way to the job. */
export async function startBrowser(
  deps: WorkerDeps,
  { job, runId, workerId }: StepInput,
  signal: AbortSignal,
): Promise<StartBrowserOutput | Passed> {
  const claim = await writeTask(deps.writer, job.taskId, async (write) => {
    if ((await claimTask(write, runId)) === "superseded") return superseded;
    const intent = await findIntent(write.trx, job.taskId);
    if (intent !== undefined && mayHaveBeenSent(intent.state)) return sent;
    await enterState(write, "provisioning");
    await reportProgress(write, { step: "start-browser", ...stepTexts["start-browser"].starts });
    return { sessionId: write.task.sessionId };
  });
  if (isPassed(claim)) return claim;
  const url = parseJobUrl(job.jobUrl);
  await assertPublicAddress(deps.network, url);
  if (claim.sessionId === null) await deps.sessionHost.closeTaskSession(job.taskId, signal);
  const session = await leaseSession(deps, { ...job, jobUrl: url.href }, signal);
  await writeTask(deps.writer, job.taskId, async ({ trx, task }) => {
    if (task.runId !== runId) return;
    await trx
      .updateTable("tasks")
      .set({ sessionId: session.sessionId })
      .where("id", "=", task.id)
      .execute();
  });
  return { sessionId: session.sessionId, workerId };
}

/** Under the step's time limit of 120 s, so that its end is ours and can be tried again. */
const waitForRoomMs = 100_000;
const lookForRoomEveryMs = 500;

/** A host without room is back-pressure, not a failure: the application waits for its turn. */
async function leaseSession(
  { sessionHost }: WorkerDeps,
  { taskId, userId, jobUrl }: JobApplicationInput,
  signal: AbortSignal,
): Promise<CreatedSession> {
  const giveUpAt = Date.now() + waitForRoomMs;
  for (;;) {
    try {
      return await sessionHost.createSession({ taskId, userId, url: jobUrl }, signal);
    } catch (error) {
      if (!isValetError(error, "SESSION_CAPACITY") || Date.now() > giveUpAt) throw error;
    }
    await delay(lookForRoomEveryMs, undefined, { signal });
  }
}
