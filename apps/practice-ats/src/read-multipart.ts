import { createHash } from "node:crypto";
import { extname } from "node:path";

import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";

import { acceptedFileTypes } from "./form-field.ts";
import type { LedgerFile } from "./ledger.ts";

export const maxFileBytes = 10 * 1024 * 1024;

export type SentFile =
  | { readonly kind: "none" }
  | { readonly kind: "file"; readonly file: LedgerFile }
  | { readonly kind: "refused"; readonly file: LedgerFile; readonly reason: string };

export interface MultipartForm {
  readonly values: Readonly<Record<string, string>>;
  /** The form's one file. Its bytes are hashed, not kept. */
  readonly sent: SentFile;
}

/** A form whose names may come several times, as checkboxes do. */
export interface SentForm {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The last file that was sent and may be one; its bytes are hashed, not kept. */
  readonly file: LedgerFile | undefined;
  /** All of them, by the name of their input. */
  readonly files: ReadonlyMap<string, LedgerFile>;
}

const formLimits = { files: 4, fileSize: maxFileBytes };

export async function readMultipartLists(request: FastifyRequest): Promise<SentForm> {
  const values = new Map<string, string[]>();
  const files = new Map<string, LedgerFile>();
  let file: LedgerFile | undefined;
  for await (const part of request.parts({ limits: formLimits })) {
    if (part.type === "field") {
      const value = typeof part.value === "string" ? part.value : "";
      values.set(part.fieldname, [...(values.get(part.fieldname) ?? []), value]);
      continue;
    }
    const sent = await readFile(part);
    if (sent.kind !== "file") continue;
    file = sent.file;
    files.set(part.fieldname, file);
  }
  return { values, file, files };
}

export async function readMultipart(request: FastifyRequest): Promise<MultipartForm> {
  const values: Record<string, string> = {};
  let sent: SentFile = { kind: "none" };
  for await (const part of request.parts()) {
    if (part.type === "field") {
      values[part.fieldname] = typeof part.value === "string" ? part.value : "";
      continue;
    }
    sent = await readFile(part, sent);
  }
  return { values, sent };
}

/** A file input left empty is sent as a part without a name: then nothing was sent. */
async function readFile(
  part: MultipartFile,
  otherwise: SentFile = { kind: "none" },
): Promise<SentFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of part.file) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (!part.filename) return otherwise;
  return judgeFile({ name: part.filename, bytes, sha256: hash.digest("hex") }, part.file.truncated);
}

function judgeFile(file: LedgerFile, isTruncated: boolean): SentFile {
  if (isTruncated) return { kind: "refused", file, reason: "The file is larger than 10 MB" };
  if (file.bytes === 0) return { kind: "refused", file, reason: "The file is empty" };
  if (!acceptedFileTypes.split(",").includes(extname(file.name).toLowerCase())) {
    return {
      kind: "refused",
      file,
      reason: `Attach one of these file types: ${acceptedFileTypes}`,
    };
  }
  return { kind: "file", file };
}
