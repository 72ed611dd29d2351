import {
  type TaskEnd,
  type TaskPage,
  type TaskRow,
  markResumed,
  savePage,
  setTaskSession,
  snapshotOf,
  writeTask,
} from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { endWithoutForm } from "../steps/end-without-form.ts";
import { fieldsRefused } from "../steps/fields-refused.ts";
import type { StoredApplication } from "./read-stored-application.ts";
import { type RebuildInput, type RebuiltPages, rebuildPages } from "./rebuild-pages.ts";
import { isSameForm } from "./same-form.ts";

export type BuiltApplication =
  /** The session is the task's; `isChanged`: its form is not the one that was filled. */
  | { readonly kind: "built"; readonly isChanged: boolean }
  /** The form is another one or gone, and nobody has seen it yet: the application ends. */
  | { readonly kind: "given_up"; readonly end: TaskEnd }
  | { readonly kind: "superseded" };

interface Build {
  readonly task: TaskRow;
  readonly stored: StoredApplication;
  readonly runId: string;
  readonly sessionId: string;
  readonly page: RebuildInput["page"];
  readonly gate: RebuildInput["gate"];
  readonly isReviewed: boolean;
}

/**
 * Fills the stored pages of an application on a blank page and compares them with what they held.
 * The session becomes the task's only when all of them stand, in the transaction that stores what
 * they hold now: whoever dies before leaves nothing that could be mistaken for a filled form.
 */
export async function buildApplication(
  deps: WorkerDeps,
  { task, stored: { pages, resume }, runId, sessionId, page, gate, isReviewed }: Build,
  signal: AbortSignal,
): Promise<BuiltApplication> {
  const rebuilt = await rebuildPages(deps, { task, page, gate, pages, resume }, signal);
  await deps.checkpoint("restore:rebuilt", task.id);
  if (rebuilt.kind === "no_form") return { kind: "given_up", end: endWithoutForm(rebuilt.found) };
  if (rebuilt.kind === "stuck") return { kind: "given_up", end: pageChanged };
  const isChanged = isOtherForm({ task, pages, rebuilt });
  if (isChanged && !isReviewed) {
    // Values that did not stay in a form that is the same are weather: the step is tried again.
    if (rebuilt.missed > 0 && !rebuilt.isOtherLayout)
      throw fieldsRefused(rebuilt.missed, pages.length);
    return { kind: "given_up", end: pageChanged };
  }
  const isOwner = await commit(deps, { task, runId, sessionId, pages: rebuilt.pages });
  return isOwner ? { kind: "built", isChanged } : { kind: "superseded" };
}

function isOtherForm({
  task,
  pages,
  rebuilt,
}: {
  readonly task: TaskRow;
  readonly pages: readonly TaskPage[];
  readonly rebuilt: Extract<RebuiltPages, { kind: "rebuilt" }>;
}): boolean {
  if (rebuilt.isOtherLayout) return true;
  const before = snapshotOf(task.jobKey, pages);
  return !isSameForm(before, snapshotOf(task.jobKey, rebuilt.pages), task.jobUrl);
}

async function commit(
  { writer }: WorkerDeps,
  {
    task: { id: taskId, epoch },
    runId,
    sessionId,
    pages,
  }: Pick<Build, "task" | "runId" | "sessionId"> & { readonly pages: readonly TaskPage[] },
): Promise<boolean> {
  return writeTask(writer, taskId, async ({ trx, task }) => {
    if (task.runId !== runId || task.finishedAt !== null) return false;
    for (const page of pages) await savePage(trx, { taskId, epoch }, page);
    await markResumed(trx, taskId);
    await setTaskSession(trx, { taskId, runId, sessionId });
    return true;
  });
}

const pageChanged: TaskEnd = {
  outcome: "not_submitted",
  reason: "PAGE_CHANGED",
  message:
    "The form had to be opened again on a new browser and was not the same any more. Nothing was sent. Start the application again.",
};
