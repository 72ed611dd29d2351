import type { Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import type { FormPage } from "../read/form-page.ts";
import { findFrame } from "../read/readable-frames.ts";

export type SubmitClick =
  | { readonly kind: "clicked" }
  /** Certainly not clicked: the button is missing, disabled or covered. */
  | { readonly kind: "not_clickable" };

/** A busy machine draws seldom, and a button counts as still only once it was drawn twice. */
const clickTimeoutMs = 10_000;

/**
 * One trusted click on the button that sends the application, never repeated. `not_clickable` means that
 * nothing was sent. When it throws, the click may have happened.
 */
export async function clickSubmit(
  { page, form }: { readonly page: Page; readonly form: FormPage },
  signal: AbortSignal,
): Promise<SubmitClick> {
  signal.throwIfAborted();
  const { submit } = form.buttons;
  const frame = submit && findFrame(page, submit.frame);
  const button = submit && frame && (await findElement(frame, submit.selector, signal));
  if (button === undefined) return { kind: "not_clickable" };
  try {
    await button.click({ trial: true, timeout: clickTimeoutMs, signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { kind: "not_clickable" };
  }
  // No signal from here on: an abort in the middle could not say whether the click went out.
  await button.click({ noWaitAfter: true, timeout: clickTimeoutMs });
  return { kind: "clicked" };
}
