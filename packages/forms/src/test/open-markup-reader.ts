import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { openTestSite } from "./open-test-site.ts";

/** One page of a browser that reads the form of any markup put into it. */
export interface MarkupReader {
  readonly formOf: (body: string) => Promise<FormPage>;
  readonly close: () => Promise<void>;
}

export async function openMarkupReader(): Promise<MarkupReader> {
  const { signal } = new AbortController();
  const site = await openTestSite();
  const page = await site.open("/wizard/done");
  return {
    async formOf(body) {
      await page.setContent(`<!doctype html><html><body>${body}</body></html>`);
      return readForm(page, signal);
    },
    close: site.close,
  };
}
