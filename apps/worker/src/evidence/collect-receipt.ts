import type { Confirmation, Outcome, ReasonCode, SnapshotField } from "@valet/contracts";
import { type TaskEnd, findIntent, getTask, listEvidence, listPages, snapshotOf } from "@valet/db";
import { fieldsOf } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import { Rehearsal } from "./rehearsal.ts";

/** What was sent, who approved it, and how its arrival was proved. For the applicant. */
export interface Receipt {
  readonly version: 1;
  readonly taskId: string;
  readonly jobUrl: string;
  readonly outcome: Outcome;
  readonly reason: ReasonCode | null;
  readonly message: string;
  readonly confirmation: Confirmation | null;
  readonly submission: {
    readonly state: string;
    readonly digest: string;
    readonly approvalId: string | null;
    readonly sentAt: string | null;
  } | null;
  readonly mode: string;
  readonly fields: readonly Pick<SnapshotField, "label" | "value" | "source" | "file">[];
  /** Null but for a rehearsal that pressed the button. */
  readonly rehearsal: Rehearsal | null;
  readonly evidence: readonly {
    readonly kind: string;
    readonly sha256: string;
    readonly at: string;
  }[];
  readonly writtenAt: string;
}

export async function collectReceipt(
  { db, store }: WorkerDeps,
  { taskId, end }: { readonly taskId: string; readonly end: TaskEnd },
  signal: AbortSignal,
): Promise<{ readonly receipt: Receipt; readonly screenshot: Uint8Array | undefined }> {
  const task = await getTask(db, { id: taskId });
  const [intent, pages, evidence] = await Promise.all([
    findIntent(db, taskId),
    listPages(db, { taskId, epoch: task.epoch }),
    listEvidence(db, taskId),
  ]);
  const fields = fieldsOf(snapshotOf(task.jobKey, pages)).filter(
    ({ value, file }) => value !== null || file !== undefined,
  );
  const proof = evidence.findLast(({ kind }) => kind.startsWith("screenshot_"));
  const receipt: Receipt = {
    version: 1,
    taskId,
    jobUrl: task.jobUrl,
    outcome: end.outcome,
    reason: end.reason,
    message: end.message,
    confirmation: end.confirmation ?? null,
    submission:
      intent === undefined
        ? null
        : {
            state: intent.state,
            digest: intent.digest,
            approvalId: intent.approvalId,
            sentAt: intent.dispatchedAt?.toISOString() ?? null,
          },
    mode: task.mode,
    fields: fields.map(({ label, value, source, file }) => ({
      label,
      value,
      source,
      ...(file ? { file } : {}),
    })),
    rehearsal: await findRehearsal(store, evidence, signal),
    evidence: evidence
      .filter(({ kind }) => !kind.startsWith("receipt"))
      .map(({ kind, sha256, createdAt }) => ({ kind, sha256, at: createdAt.toISOString() })),
    writtenAt: new Date().toISOString(),
  };
  const screenshot =
    proof === undefined ? undefined : (await store.get(proof.storageKey, signal))?.body;
  return { receipt, screenshot };
}

async function findRehearsal(
  store: WorkerDeps["store"],
  evidence: readonly { readonly kind: string; readonly storageKey: string }[],
  signal: AbortSignal,
): Promise<Rehearsal | null> {
  const kept = evidence.findLast(({ kind }) => kind === "rehearsal");
  const object = kept === undefined ? undefined : await store.get(kept.storageKey, signal);
  return object === undefined ? null : Rehearsal.parse(JSON.parse(object.body.toString("utf8")));
}
