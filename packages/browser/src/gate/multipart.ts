/** The parts of a multipart form, each with its head, by RFC 7578; undefined for a body of another type. */
export function partsOf(contentType: string, body: string): string[] | undefined {
  const boundary = /^multipart\/form-data\b.*\bboundary="?([^";]+)/iu.exec(contentType)?.[1];
  return boundary === undefined ? undefined : body.split(`--${boundary}`);
}

/** What a part's head calls its file; undefined for one that is none (RFC 7578 §4.2). */
export function fileNameOf(head: string): string | undefined {
  return /\bfilename\*?="?([^"\r\n;]*)/iu.exec(head)?.[1];
}
