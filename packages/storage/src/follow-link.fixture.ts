import { contentDisposition } from "./content-disposition.ts";
import type { LinkRefusal, ObjectStore } from "./object-store.ts";
import { readWhole } from "./read-whole.ts";

interface Followed {
  readonly body: Buffer | undefined;
  readonly contentType: string | null;
  readonly disposition: string | null;
}

/** What a browser gets: from S3 itself, or from a store's `openLink` as the API passes it on. */
export async function followLink(
  store: ObjectStore,
  url: string,
  signal: AbortSignal,
): Promise<Followed | LinkRefusal | number> {
  if (!url.startsWith("/files/")) return follow(await fetch(url, { signal }));
  const opened = await store.openLink(url.slice("/files/".length), signal);
  if (opened.kind === "refused") return opened.reason;
  return {
    body: (await readWhole(opened.object))?.body,
    contentType: opened.object.contentType,
    disposition: contentDisposition(opened.fileName),
  };
}

async function follow(response: Response): Promise<Followed | number> {
  const body = Buffer.from(await response.arrayBuffer());
  if (!response.ok) return response.status;
  return {
    body,
    contentType: response.headers.get("content-type"),
    disposition: response.headers.get("content-disposition"),
  };
}
