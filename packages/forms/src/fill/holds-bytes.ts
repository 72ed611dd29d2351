import { createHash } from "node:crypto";
import type { FormField } from "@valet/contracts";
import type { Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import { findFrame } from "../read/readable-frames.ts";
import type { FileToAttach } from "./attach-file.ts";

/**
 * Whether a file input holds this file and no other: a page's script can put one of the same name and size
 * in its place. True for widgets that have put their input away, whose bytes nobody can read any more.
 */
export async function holdsBytes(
  {
    page,
    field,
    file,
  }: { readonly page: Page; readonly field: FormField; readonly file: FileToAttach },
  signal: AbortSignal,
): Promise<boolean> {
  const frame = findFrame(page, field.frame);
  const input = frame && (await findElement(frame, field.selector, signal));
  const held = await input?.evaluate(readFiles).catch((thrown: unknown) => {
    signal.throwIfAborted();
    // A page that is being replaced is read again by whoever asked.
    if (thrown instanceof Error) return undefined;
    throw thrown;
  });
  if (held === undefined || held.length === 0) return true;
  const [only, ...others] = held;
  if (only === undefined || others.length > 0) return false;
  const bytes = Buffer.from(only.slice(only.indexOf(",") + 1), "base64");
  return createHash("sha256").update(bytes).digest("hex") === file.sha256;
}

/** Runs inside the page: each file as a data URL. */
function readFiles(input: Element): Promise<string[]> {
  if (!(input instanceof HTMLInputElement) || input.type !== "file") return Promise.resolve([]);
  const read = (file: File): Promise<string> =>
    new Promise((resolve) => {
      const reader = new FileReader();
      const end = (): void => resolve(typeof reader.result === "string" ? reader.result : "");
      reader.addEventListener("loadend", end);
      reader.readAsDataURL(file);
    });
  return Promise.all([...(input.files ?? [])].map((file) => read(file)));
}
