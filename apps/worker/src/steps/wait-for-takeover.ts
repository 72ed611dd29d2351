import { askPerson, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { whyNeeded } from "./person-texts.ts";
import { type DispatchOutput, type Passed, superseded } from "./step-result.ts";
import { liveLink } from "./task-link.ts";

/** A person is at the page: whatever was approved is over, and what they leave there is shown anew. */
export async function waitForTakeover(
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
