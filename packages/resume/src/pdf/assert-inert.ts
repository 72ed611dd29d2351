import type { PDFDocumentProxy } from "pdfjs-dist";
import { refuse } from "../refusal.ts";

/** Europass keeps what it printed beside the print, others a JSON Resume: data, which no reader runs. */
const isData = /\.(?:xml|json|txt)$/iu;

/**
 * Refuses a PDF that scripts its reader or carries files, also where that is packed or disguised: the parser
 * runs none of it, but the employer gets this very file.
 *
 * @throws ValetError `RESUME_UNREADABLE` with the reason `unsafe`.
 */
export async function assertInert(document: PDFDocumentProxy): Promise<void> {
  if ((await document.getJSActions()) !== null) throw refuse("unsafe");
  const attachments = (await document.getAttachments()) ?? new Map();
  for (const attached of attachments.values()) assertData(attached);
}

/** A file within a PDF, by its name; one without a name is not known to be data. */
export function assertData(attached: unknown): void {
  const isNamed = typeof attached === "object" && attached !== null && "filename" in attached;
  const name = isNamed && typeof attached.filename === "string" ? attached.filename : "";
  if (!isData.test(name)) throw refuse("unsafe");
}
