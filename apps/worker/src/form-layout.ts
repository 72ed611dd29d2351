import { createHash } from "node:crypto";
import type { FormLayout } from "@valet/db";
import type { FormPage } from "@valet/forms";

/** Under what a layout is known: the host of the page, and the layout itself. */
export function layoutOf({ url, signature }: FormPage): FormLayout {
  return { host: URL.canParse(url) ? new URL(url).host : "", signature };
}

/**
 * Under what a field of a layout is known to everybody. One that has no name of its own is called by its
 * words, and a page may write to the person in them.
 */
export function fieldKeyOf(fieldId: string): string {
  return createHash("sha256").update(fieldId).digest("hex").slice(0, 24);
}
