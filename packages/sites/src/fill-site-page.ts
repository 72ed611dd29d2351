import type { PlannedField } from "@valet/contracts";
import {
  type FillInput,
  type FillReport,
  type FormPage,
  fillPage,
  openApplicationForm,
} from "@valet/forms";
import type { SiteAdapter } from "./site-adapter.ts";

export interface SitePageToFill extends Pick<FillInput, "page" | "form" | "onField"> {
  readonly adapter: SiteAdapter;
  /** What to do with each field of the form as it then is. */
  readonly plan: (form: FormPage) => readonly PlannedField[];
  /** Files by field id of the form as it then is. */
  readonly files: (form: FormPage) => FillInput["files"];
}

export interface FilledSitePage {
  /** The form that was filled: a site that reads the résumé may have drawn it again. */
  readonly form: FormPage;
  readonly report: FillReport;
}

/**
 * Fills one page the way its site wants. Where the site reads the résumé, it is attached before all else
 * and what the site made of it is written over.
 *
 * @throws ValetError `TIMEOUT` when the page answers no more.
 */
export async function fillSitePage(
  input: SitePageToFill,
  signal: AbortSignal,
): Promise<FilledSitePage> {
  const form = input.adapter.readsResume ? await attachFirst(input, signal) : input.form;
  const { page, onField } = input;
  const whole = { page, form, plan: input.plan(form), files: input.files(form) };
  return { form, report: await fillPage({ ...whole, ...(onField && { onField }) }, signal) };
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
  const settled = await openApplicationForm({ page, steadyMs: adapter.steadyMs }, signal);
  return settled.kind === "form" ? adapter.refine(settled.form) : form;
}
