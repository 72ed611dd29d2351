import type { PersonWall } from "@valet/contracts";
import {
  type TaskPage,
  type TaskRow,
  askPerson,
  prepareIntent,
  snapshotOf,
  writeTask,
} from "@valet/db";
import type { TaskWrite } from "@valet/db";
import { digestAtWall } from "@valet/domain";
import { findCodeLength } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot } from "../evidence/keep-evidence.ts";
import type { LiveSession } from "../live-sessions.ts";
import { endApplication } from "./end-application.ts";
import { findEndUnseen } from "./end-unseen.ts";
import { whyNeeded } from "./person-texts.ts";
import { shownKeys } from "./shown-keys.ts";
import { type DispatchOutput, type Passed, ended, sent, superseded } from "./step-result.ts";
import { liveLink } from "./task-link.ts";

interface StopAtWall {
  readonly task: TaskRow;
  readonly runId: string;
  readonly live: LiveSession;
  readonly wall: PersonWall;
  /** As they were approved. */
  readonly pages: readonly TaskPage[];
  /** Closes the attempt that came this far, in the same transaction. */
  readonly closeAttempt?: (write: TaskWrite) => Promise<void>;
}

/**
 * A wall came up at the click and the site has taken nothing: asks the person, and binds the next attempt to
 * the form as it was approved, but for what the wall asks. Getting past it is the approval of that attempt.
 */
export async function stopAtWall(
  deps: WorkerDeps,
  { task, runId, live, wall, pages, closeAttempt }: StopAtWall,
  signal: AbortSignal,
): Promise<DispatchOutput | Passed> {
  const { id: taskId, jobKey } = task;
  const { page } = live;
  const screenshot = await keepScreenshot(deps, { taskId, kind: "person-needed", page }, signal);
  const end = await findEndUnseen(deps, { taskId, kind: wall }, signal);
  if (end !== undefined) return endApplication(deps, { taskId, runId, end }, signal);
  const codeLength = wall === "email_code" ? await findCodeLength(page, signal) : undefined;
  const digest = digestAtWall(snapshotOf(jobKey, pages));
  return writeTask(deps.writer, taskId, async (write): Promise<DispatchOutput | Passed> => {
    if (write.task.runId !== runId || write.task.finishedAt !== null) return superseded;
    await closeAttempt?.(write);
    const jobKeys = shownKeys(pages);
    const prepared = await prepareIntent(write.trx, write.task, { digest, jobKeys });
    if (prepared.kind === "sent") return sent;
    if (prepared.kind !== "prepared") return ended;
    const { stepId, seconds } = await askPerson(write, {
      kind: wall,
      ...whyNeeded({ kind: wall }),
      url: liveLink(deps, taskId),
      screenshot,
      digest,
      codeLength,
    });
    return { waitsFor: { stepId, kind: wall, seconds } };
  });
}
