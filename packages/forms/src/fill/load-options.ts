import type { FormField } from "@valet/contracts";
import type { Page } from "playwright";
import { findElement, runInFrame } from "../page-script/page-script.ts";
import { type ComboboxState, comboboxState } from "../page-script/combobox-state.ts";
import type { FormPage } from "../read/form-page.ts";
import { findFrame } from "../read/readable-frames.ts";
import { openList } from "./open-list.ts";

/**
 * Opens each combobox once to learn its choices and closes it again without choosing. The form comes back
 * with `options` where a list was offered; lists that need a search stay empty. The signature is the same.
 */
export async function loadOptions(
  { page, form }: { readonly page: Page; readonly form: FormPage },
  signal: AbortSignal,
): Promise<FormPage> {
  const fields: FormField[] = [];
  for (const field of form.fields) {
    const isUnknown =
      field.kind === "combobox" && field.policy !== "never" && field.options.length === 0;
    fields.push(
      isUnknown ? { ...field, options: await optionsOf({ page, field }, signal) } : field,
    );
  }
  return { ...form, fields };
}

async function optionsOf(
  { page, field }: { readonly page: Page; readonly field: FormField },
  signal: AbortSignal,
): Promise<string[]> {
  const frame = findFrame(page, field.frame);
  const input = frame && (await findElement(frame, field.selector, signal));
  if (frame === undefined || input === undefined) return [];
  const read = (signal: AbortSignal): Promise<ComboboxState | null> =>
    runInFrame(frame, { script: comboboxState, arg: field.selector }, signal);
  try {
    return (await openList({ input, read, before: await read(signal) }, signal))?.options ?? [];
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return [];
  } finally {
    await input
      .evaluate((element) => (element instanceof HTMLElement ? element.blur() : undefined))
      .catch(() => undefined);
  }
}
