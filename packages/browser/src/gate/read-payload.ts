import { z } from "zod";

/** One thing that a request carries. A file has no bytes here: Chromium keeps them to itself. */
export const PayloadEntry = z.union([
  z.object({ name: z.string(), value: z.string() }),
  z.object({ name: z.string(), fileName: z.string() }),
]);
export type PayloadEntry = z.infer<typeof PayloadEntry>;

/** An application as it would have left, in the order in which it carries its parts. */
export const SubmitPayload = z.object({
  method: z.string(),
  /** With its query. */
  url: z.string(),
  contentType: z.string(),
  entries: z.array(PayloadEntry),
});
export type SubmitPayload = z.infer<typeof SubmitPayload>;

export interface RequestBody {
  readonly url: string;
  readonly contentType: string;
  readonly text: string;
}

/**
 * What a request carries, by name: the query, then the parts of a multipart form (RFC 7578), the pairs of an
 * encoded one, or the leaves of JSON under their pointers (RFC 6901). Any other text is one nameless entry.
 */
export function readPayload({ url, contentType, text }: RequestBody): PayloadEntry[] {
  const query = [...(URL.parse(url)?.searchParams ?? [])];
  return [...query.map(toEntry), ...readBody(contentType, text)];
}

function readBody(contentType: string, text: string): PayloadEntry[] {
  if (text === "") return [];
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined) return text.split(`--${boundary}`).flatMap(readPart);
  if (/x-www-form-urlencoded/iu.test(contentType)) {
    return [...new URLSearchParams(text)].map(toEntry);
  }
  try {
    return leavesOf(JSON.parse(text), "");
  } catch {
    return [{ name: "", value: text }];
  }
}

export function boundaryOf(contentType: string): string | undefined {
  return /^multipart\/form-data\b.*\bboundary="?([^";]+)/iu.exec(contentType)?.[1];
}

function toEntry([name, value]: readonly [string, string]): PayloadEntry {
  return { name, value };
}

function readPart(part: string): PayloadEntry[] {
  const [head = "", ...body] = part.split("\r\n\r\n");
  const name = /\bname="([^"]*)"/iu.exec(head)?.[1];
  if (name === undefined) return [];
  const fileName = /\bfilename="([^"]*)"/iu.exec(head)?.[1];
  if (fileName !== undefined) return [{ name, fileName }];
  return [{ name, value: body.join("\r\n\r\n").replace(/\r\n$/u, "") }];
}

function leavesOf(value: unknown, pointer: string): PayloadEntry[] {
  if (typeof value !== "object" || value === null) {
    return [{ name: pointer, value: typeof value === "string" ? value : JSON.stringify(value) }];
  }
  return Object.entries(value).flatMap(([key, entry]) =>
    leavesOf(entry, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}
