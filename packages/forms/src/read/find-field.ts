import type { FormField } from "@valet/contracts";
import type { ElementHandle, Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import { findFrame } from "./readable-frames.ts";

/** The control a field was read from, or undefined when the page no longer has it. */
export async function findField(
  page: Page,
  { frame: frameUrl, selector }: Pick<FormField, "frame" | "selector">,
  signal: AbortSignal,
): Promise<ElementHandle<Element> | undefined> {
  const frame = findFrame(page, frameUrl);
  return frame && findElement(frame, selector, signal);
}
