import type { FormSnapshot } from "@valet/contracts";
import { type TaskEnd, addEvidence } from "@valet/db";
import { canonicalJson, digestOf } from "@valet/domain";
import { takeScreenshot } from "@valet/browser";
import type { WorkerDeps } from "../deps.ts";
import { collectReceipt } from "./collect-receipt.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { renderReceipt } from "./render-receipt.ts";

interface Piece {
  readonly taskId: string;
  readonly kind: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Stores the object first and its record second: a record never points at nothing. Gives its place. */
async function keep({ store, db }: WorkerDeps, piece: Piece, signal: AbortSignal): Promise<string> {
  const { taskId, kind, contentType, body } = piece;
  const key = `evidence/${taskId}/${piece.fileName}`;
  const { sha256 } = await store.put({ key, body, contentType }, signal);
  await addEvidence(db, { taskId, kind, storageKey: key, contentType, sha256 });
  return key;
}

/** Gives the place where it is stored. */
export async function keepScreenshot(
  deps: WorkerDeps,
  {
    taskId,
    kind,
    page,
  }: {
    readonly taskId: string;
    readonly kind: "filled-form" | "person-needed" | "before-submit" | "after-submit" | "failure";
    readonly page: Parameters<typeof takeScreenshot>[0];
  },
  signal: AbortSignal,
): Promise<string> {
  const { bytes, contentType } = await takeScreenshot(page, signal);
  return keep(
    deps,
    {
      taskId,
      kind: `screenshot_${kind.replaceAll("-", "_")}`,
      fileName: `${kind}.jpg`,
      contentType,
      body: bytes,
    },
    signal,
  );
}

/** The filled form as it was read back, under its digest: what an approval refers to. */
export async function keepSnapshot(
  deps: WorkerDeps,
  { taskId, snapshot }: { readonly taskId: string; readonly snapshot: FormSnapshot },
  signal: AbortSignal,
): Promise<void> {
  const digest = digestOf(snapshot).replace(":", "-");
  await keep(
    deps,
    {
      taskId,
      kind: "snapshot",
      fileName: `snapshot-${digest}.json`,
      contentType: "application/json",
      body: Buffer.from(canonicalJson(snapshot)),
    },
    signal,
  );
}

/** All that an application would have carried, for the person alone. */
export async function keepRehearsal(
  deps: WorkerDeps,
  { taskId, rehearsal }: { readonly taskId: string; readonly rehearsal: Rehearsal },
  signal: AbortSignal,
): Promise<void> {
  await keep(
    deps,
    {
      taskId,
      kind: "rehearsal",
      fileName: "rehearsal.json",
      contentType: "application/json",
      body: Buffer.from(JSON.stringify(rehearsal, null, 2)),
    },
    signal,
  );
}

/** The receipt as data and as one page that needs nothing else. */
export async function keepReceipt(
  deps: WorkerDeps,
  { taskId, end }: { readonly taskId: string; readonly end: TaskEnd },
  signal: AbortSignal,
): Promise<void> {
  const { receipt, screenshot } = await collectReceipt(deps, { taskId, end }, signal);
  await keep(
    deps,
    {
      taskId,
      kind: "receipt",
      fileName: "receipt.json",
      contentType: "application/json",
      body: Buffer.from(JSON.stringify(receipt, null, 2)),
    },
    signal,
  );
  await keep(
    deps,
    {
      taskId,
      kind: "receipt_html",
      fileName: "receipt.html",
      contentType: "text/html; charset=utf-8",
      body: Buffer.from(renderReceipt(receipt, screenshot)),
    },
    signal,
  );
}
