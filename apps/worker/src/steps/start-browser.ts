import {
  claimTask,
  enterState,
  findIntent,
  reportProgress,
  setTaskSession,
  writeTask,
} from "@valet/db";
import { assertPublicAddress, mayHaveBeenSent, parseJobUrl } from "@valet/domain";
import { adapterOf, gatePolicyOf } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { leaseSession } from "./lease-session.ts";
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
    // On one round trip: the lock on the task is held meanwhile.
    const [taken, intent] = await Promise.all([
      claimTask(write, runId),
      findIntent(write.trx, job.taskId),
    ]);
    if (taken === "superseded") return superseded;
    if (intent !== undefined && mayHaveBeenSent(intent.state)) return sent;
    enterState(write, "provisioning");
    reportProgress(write, { step: "start-browser", ...stepTexts["start-browser"].starts });
    const { sessionId, epoch } = write.task;
    return { mayHaveOldSession: sessionId === null && epoch > 1 };
  });
  if (isPassed(claim)) return claim;
  const url = parseJobUrl(job.jobUrl);
  await assertPublicAddress(deps.network, url);
  // With what an earlier run typed; one of this run, after a crash, is as good as new.
  if (claim.mayHaveOldSession) await deps.hosts.closeTaskSession(job.taskId, signal);
  const { taskId, userId } = job;
  const session = await leaseSession(
    deps,
    { taskId, userId, url: url.href, policy: gatePolicyOf(adapterOf(job.platform)) },
    signal,
  );
  await setTaskSession(deps.db, { taskId, runId, sessionId: session.sessionId });
  return { sessionId: session.sessionId, workerId };
}
