import { fileNameOf, partsOf } from "./multipart.ts";

/**
 * What of a request's body was entered as text. A file's own words are left out: a résumé has the person's
 * name and address in it, and a widget that sends it alone sends nothing that was typed.
 */
export function textOfBody(body: string, contentType: string): string {
  const parts = partsOf(contentType, body);
  if (parts !== undefined) return parts.filter((part) => !isFile(part)).join("\n");
  return isText(contentType) ? body : "";
}

function isFile(part: string): boolean {
  const [head = ""] = part.split("\r\n\r\n", 1);
  return fileNameOf(head) !== undefined;
}

/** Without a type, as a beacon may be, it is read as text. */
function isText(contentType: string): boolean {
  return contentType === "" || /^text\/|json|x-www-form-urlencoded|xml/iu.test(contentType);
}
