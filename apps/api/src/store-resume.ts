import { createHash, randomUUID } from "node:crypto";
import { ValetError } from "@valet/contracts";
import { type ResumeRow, type TaskWriter, receiveResume } from "@valet/db";
import type { ObjectStore } from "@valet/storage";
import { type DocumentType, documentTypeOf } from "./document-type.ts";

const longestName = 200;

/**
 * Keeps a résumé and has it parsed: first the object, then its row, so that a row always has its object.
 *
 * @throws `RESUME_EMPTY`, `RESUME_UNSUPPORTED`; then nothing was stored.
 */
export async function storeResume(
  {
    writer,
    store,
    kickRelay,
  }: {
    readonly writer: TaskWriter;
    readonly store: ObjectStore;
    readonly kickRelay: () => void;
  },
  file: { readonly userId: string; readonly fileName: string; readonly bytes: Buffer },
  signal: AbortSignal,
): Promise<ResumeRow> {
  const { userId, bytes } = file;
  if (bytes.length === 0) {
    throw new ValetError("RESUME_EMPTY", "The file is empty. Nothing was stored. Choose another.");
  }
  const contentType = documentTypeOf(bytes);
  if (contentType === undefined) {
    throw new ValetError(
      "RESUME_UNSUPPORTED",
      "This file is neither a PDF nor a Word document (.docx). Nothing was stored. Save the résumé as one of these.",
    );
  }
  const id = randomUUID();
  const storageKey = `resumes/${userId}/${id}`;
  await store.put({ key: storageKey, body: bytes, contentType }, signal);
  const row = await receiveResume(writer, {
    id,
    userId,
    fileName: shownName(file.fileName, contentType),
    contentType,
    byteSize: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    storageKey,
  });
  kickRelay();
  return row;
}

/** The employer sees this name: no folders, no control characters, and an ending that is true. */
function shownName(given: string, contentType: DocumentType): string {
  const ending = contentType === "application/pdf" ? ".pdf" : ".docx";
  const base = (given.split(/[/\\]/).at(-1) ?? "")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replace(/\.(pdf|docx)$/i, "")
    .slice(0, longestName);
  return `${base === "" ? "resume" : base}${ending}`;
}
