import type { PayloadEntry } from "@valet/contracts";
import { fileNameOf, partsOf } from "./multipart.ts";

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
  const parts = partsOf(contentType, text);
  if (parts !== undefined) return parts.flatMap(readPart);
  if (/x-www-form-urlencoded/iu.test(contentType)) {
    return [...new URLSearchParams(text)].map(toEntry);
  }
  try {
    return leavesOf(JSON.parse(text), "");
  } catch {
    return [{ name: "", value: text }];
  }
}

function toEntry([name, value]: readonly [string, string]): PayloadEntry {
  return { name, value };
}

function readPart(part: string): PayloadEntry[] {
  const [head = "", ...body] = part.split("\r\n\r\n");
  const name = /\bname="([^"]*)"/iu.exec(head)?.[1];
  if (name === undefined) return [];
  const fileName = fileNameOf(head);
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
