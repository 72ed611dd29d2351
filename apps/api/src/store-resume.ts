import { randomUUID } from "node:crypto";
import { ValetError, isValetError } from "@valet/contracts";
import { type ResumeRow, type TaskWriter, receiveResume } from "@valet/db";
import { type InspectedUpload, inspectUpload } from "@valet/resume";
import type { ObjectStore } from "@valet/storage";

const longestName = 200;

const contentTypes = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
} as const satisfies Record<InspectedUpload["kind"], string>;

export interface StoreResumeDeps {
  readonly writer: TaskWriter;
  readonly store: Pick<ObjectStore, "addOnce">;
  readonly kickRelay: () => void;
}

/**
 * Keeps a résumé and has it parsed: first the object, then its row, so that a row always has its object.
 * The same file of the same person is one object however often it comes.
 *
 * @throws `RESUME_EMPTY`, `RESUME_UNSUPPORTED`, `RESUME_UNREADABLE`; then nothing was stored.
 */
export async function storeResume(
  { writer, store, kickRelay }: StoreResumeDeps,
  file: { readonly userId: string; readonly fileName: string; readonly bytes: Buffer },
  signal: AbortSignal,
): Promise<ResumeRow> {
  const { userId, bytes } = file;
  const kind = kindOf(bytes);
  const contentType = contentTypes[kind];
  // Under the person: their files go with them, and nobody learns what others have stored.
  const under = `resumes/${userId}`;
  const { key, sha256, byteSize } = await store.addOnce(
    { under, body: bytes, contentType },
    signal,
  );
  const row = await receiveResume(writer, {
    id: randomUUID(),
    userId,
    fileName: shownName(file.fileName, kind),
    contentType,
    byteSize,
    sha256,
    storageKey: key,
  });
  kickRelay();
  return row;
}

/** What it is, its bytes say: names and declared types can lie. */
function kindOf(bytes: Buffer): InspectedUpload["kind"] {
  try {
    return inspectUpload(bytes).kind;
  } catch (error) {
    if (!isValetError(error, "RESUME_UNREADABLE")) throw error;
    const { reason } = error.details;
    if (reason === "empty") {
      throw new ValetError(
        "RESUME_EMPTY",
        "The file is empty. Nothing was stored. Choose another.",
        { reason },
      );
    }
    if (reason !== "unknown_format") throw error;
    throw new ValetError(
      "RESUME_UNSUPPORTED",
      "This file is neither a PDF nor a Word document (.docx). Nothing was stored. Save the résumé as one of these.",
      { reason },
    );
  }
}

/** The employer sees this name: no folders, no control characters, and an ending that is true. */
function shownName(given: string, kind: InspectedUpload["kind"]): string {
  const base = (given.split(/[/\\]/).at(-1) ?? "")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replace(/\.(pdf|docx)$/i, "")
    .slice(0, longestName);
  return `${base === "" ? "resume" : base}.${kind}`;
}
