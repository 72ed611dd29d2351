import type { FormPage } from "@valet/forms";
import { type SiteAdapter, readPublishedSchema, reconcileSchema } from "@valet/sites";
import type { LiveSession } from "../live-sessions.ts";
import { fetchInTab } from "./fetch-in-tab.ts";

interface FormToCompare {
  readonly adapter: SiteAdapter;
  readonly page: LiveSession["page"];
  readonly form: FormPage;
}

/** In how much the form and what its site publishes of it differ; 0 where nothing is published. */
export async function countDisagreements(
  { adapter, page, form }: FormToCompare,
  signal: AbortSignal,
): Promise<number> {
  const places = { address: new URL(page.url()), page, fetch: fetchInTab(page) };
  const published = await readPublishedSchema({ adapter, ...places }, signal);
  return published === undefined ? 0 : reconcileSchema(published, form).length;
}
