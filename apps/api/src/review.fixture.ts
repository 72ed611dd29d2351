import type { FormSnapshot, SnapshotField } from "@valet/contracts";
import {
  type OpenReview,
  type TaskRow,
  type TaskWriter,
  claimTask,
  dispatchIntent,
  armIntent,
  findIntent,
  openReview,
  prepareIntent,
  savePage,
  writeTask,
} from "@valet/db";
import { digestOf } from "@valet/domain";

const firstName: SnapshotField = {
  id: "first_name",
  label: "First name",
  kind: "text",
  meaning: "name.first",
  required: true,
  visible: true,
  value: "Ada",
  source: "profile",
  confidence: 1,
};

export function snapshotFor(task: TaskRow): FormSnapshot {
  const page = { page: 1, url: task.jobUrl, target: null, fields: [firstName] };
  return { version: 1, jobKey: task.jobKey, pages: [page] };
}

/** Brings a new task to where its filled form is shown for approval, as the worker does. */
export async function showReview(writer: TaskWriter, task: TaskRow): Promise<OpenReview> {
  const snapshot = snapshotFor(task);
  return writeTask(writer, task.id, async (write) => {
    await claimTask(write, runIdOf(task));
    const [held] = snapshot.pages;
    if (held === undefined) throw new Error("The snapshot has a page.");
    await savePage(
      write.trx,
      { taskId: task.id, epoch: task.epoch },
      { page: 1, signature: "s", isLast: true, wasLeft: false, plan: [], snapshot: held },
    );
    await prepareIntent(write.trx, task, digestOf(snapshot));
    return openReview(write, {
      snapshot,
      reason: "Look at the form.",
      url: `http://valet.test/tasks/${task.id}`,
    });
  });
}

export function runIdOf(task: TaskRow): string {
  return `run-of-${task.id}`;
}

/** What the worker does right before the click; the review must be approved. */
export async function dispatch({ db }: TaskWriter, task: TaskRow): Promise<void> {
  const intent = await findIntent(db, task.id);
  if (intent === undefined) throw new Error("There is no intent.");
  await armIntent(db, {
    intentId: intent.id,
    digest: intent.digest,
    runId: runIdOf(task),
    fence: 1,
  });
  if (!(await dispatchIntent(db, intent.id))) throw new Error("The intent was not dispatched.");
}
