import {
  type FilledPage,
  type FormPage,
  type GrowingPage,
  fillGrowingPage,
  fillPage,
} from "@valet/forms";
import { openSiteForm } from "./open-site-form.ts";
import type { SiteAdapter } from "./site-adapter.ts";

export interface SitePageToFill extends Omit<GrowingPage, "refine"> {
  readonly adapter: SiteAdapter;
}

/** The form that was filled: a site that reads the résumé may have drawn it again, and answers bring up questions. */
export type FilledSitePage = FilledPage;

/**
 * Fills one page the way its site wants, with what its answers make it ask. Where the site reads the résumé,
 * it is attached before all else and what the site made of it is written over.
 *
 * @throws ValetError `TIMEOUT` when the page answers no more.
 */
export async function fillSitePage(
  input: SitePageToFill,
  signal: AbortSignal,
): Promise<FilledSitePage> {
  const { adapter, ...given } = input;
  const form = adapter.readsResume ? await attachFirst(input, signal) : input.form;
  return fillGrowingPage({ ...given, form, refine: adapter.refine }, signal);
}

/** The form as it is after the site has read the résumé. */
async function attachFirst(
  { adapter, page, form, plan, files }: SitePageToFill,
  signal: AbortSignal,
): Promise<FormPage> {
  const attached = files(form);
  if (Object.keys(attached).length === 0) return form;
  const fileFields = plan(form).filter(({ id }) => attached[id] !== undefined);
  await fillPage({ page, form, plan: fileFields, files: attached }, signal);
  const settled = await openSiteForm({ adapter, page }, signal);
  return settled.kind === "form" ? settled.form : form;
}
