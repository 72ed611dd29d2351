import { type OpenApplicationFormInput, type OpenedForm, openApplicationForm } from "@valet/forms";
import type { SiteAdapter } from "./site-adapter.ts";

export interface SiteFormToOpen extends OpenApplicationFormInput {
  readonly adapter: SiteAdapter;
}

/** Like `openApplicationForm`, with what is known of the site told into the form. */
export async function openSiteForm(
  { adapter, ...input }: SiteFormToOpen,
  signal: AbortSignal,
): Promise<OpenedForm> {
  const opened = await openApplicationForm(input, signal);
  return opened.kind === "form" ? { kind: "form", form: adapter.refine(opened.form) } : opened;
}
