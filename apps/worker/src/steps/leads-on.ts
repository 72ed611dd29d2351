import type { FormPage } from "@valet/forms";
import type { SiteAdapter } from "@valet/sites";

/**
 * On a site that nobody knows, a form that has a button for its end beside the one that leads on may be sent
 * by either: what it then sends stays at the gate.
 */
export function leadsOn({
  form,
  adapter,
}: {
  readonly form: FormPage;
  readonly adapter: SiteAdapter;
}): boolean {
  return adapter.site !== "generic" || form.buttons.submit === undefined;
}
