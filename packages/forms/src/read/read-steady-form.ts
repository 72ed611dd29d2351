import type { Page } from "playwright";
import { pollUntil } from "../page-script/poll-until.ts";
import type { FormPage } from "./form-page.ts";
import { readForm, readFormState } from "./read-form.ts";

const steadyMs = 1_800;
const steadyLimitMs = 8_000;
const arrivalLimitMs = 8_000;

/**
 * Reads the application form once its fields have stopped coming and going. Pages without scripts are
 * read once they have arrived; a page that never settles is read as it stands after 8 s.
 */
export async function readSteadyForm(page: Page, signal: AbortSignal): Promise<FormPage> {
  await page
    .waitForLoadState("domcontentloaded", { timeout: arrivalLimitMs })
    .catch(() => undefined);
  const first = await readFormState(page, signal);
  let { form } = first;
  if (!first.frames.some(({ scripted }) => scripted)) return form;
  let since = performance.now();
  const steady = await pollUntil(
    async () => {
      const next = await readForm(page, signal);
      const isSame = next.fields.length === form.fields.length && next.signature === form.signature;
      form = next;
      if (!isSame) since = performance.now();
      return performance.now() - since >= steadyMs ? next : undefined;
    },
    { timeoutMs: steadyLimitMs, intervalMs: 300, signal },
  );
  return steady ?? form;
}
