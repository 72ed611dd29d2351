import { randomUUID } from "node:crypto";
import type { FormSnapshot, SnapshotField } from "@valet/contracts";
import {
  type OpenReview,
  type TaskRow,
  type TaskWriter,
  addBrowserSession,
  armIntent,
  claimTask,
  dispatchIntent,
  findApproval,
  findIntent,
  findLiveSession,
  openReview,
  prepareIntent,
  savePage,
  takeFence,
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
    await prepareIntent(write.trx, task, { digest: digestOf(snapshot) });
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

/** What worker and session host do up to the moment the request leaves; the review must be approved. */
export async function dispatch(writer: TaskWriter, task: TaskRow): Promise<void> {
  const { db } = writer;
  const { id: taskId, userId } = task;
  const intent = await findIntent(db, taskId);
  if (intent === undefined || intent.approvalId === null) throw new Error("Nothing is approved.");
  const approval = await findApproval(db, intent.approvalId);
  const host = { hostId: "host-1", hostUrl: "http://127.0.0.1:1" };
  const added = await addBrowserSession(db, { id: randomUUID(), taskId, userId, ...host });
  const live = await findLiveSession(db, taskId);
  if (live === undefined) throw new Error(`A session was ${added.kind} and is not there.`);
  const session = { sessionId: live.id, taskId, userId };
  const taken = await takeFence(db, { ...session, ...host, owner: "worker-1", leaseMs: 15_000 });
  if (approval === undefined || taken.kind !== "taken")
    throw new Error("The session is not to be had.");
  const armed = { intentId: intent.id, sessionId: session.sessionId, fence: taken.fence };
  await writeTask(writer, taskId, ({ trx }) =>
    armIntent(trx, { ...armed, digest: approval.digest, runId: runIdOf(task) }),
  );
  if (!(await dispatchIntent(db, { ...armed, requestDigest: "00" })))
    throw new Error("The intent was not dispatched.");
}
