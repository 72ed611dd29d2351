import type { Page } from "playwright";
import { isNavigating } from "../page-script/poll-until.ts";
import { runInFrame } from "../page-script/page-script.ts";
import { readStepMarks } from "../page-script/read-step-marks.ts";
import type { FormPage } from "../read/form-page.ts";
import { findFrame } from "../read/readable-frames.ts";
import { provesFurtherSteps } from "./proves-further-steps.ts";

/** Whether the page proves that the button that leads on does only that; see `provesFurtherSteps`. Changes nothing. */
export async function findFurtherSteps(
  { page, form }: { readonly page: Page; readonly form: FormPage },
  signal: AbortSignal,
): Promise<boolean> {
  const { next, submit } = form.buttons;
  // Either button may then be the one that sends.
  if (next === undefined || submit !== undefined) return false;
  const own = findFrame(page, next.frame);
  const frames = new Set([page.mainFrame(), ...(own === undefined ? [] : [own])]);
  for (const frame of frames) {
    try {
      const marks = await runInFrame(frame, { script: readStepMarks, arg: null }, signal);
      if (provesFurtherSteps({ button: next.text, marks })) return true;
    } catch (thrown) {
      if (!isNavigating(thrown)) throw thrown;
    }
  }
  return false;
}
