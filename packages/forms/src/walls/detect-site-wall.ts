import type { Page } from "playwright";
import { readPageFacts } from "../navigate/read-page-facts.ts";
import { readForm } from "../read/read-form.ts";
import { type SiteWall, judgeSiteWall } from "./site-wall.ts";

/** The wall other than a captcha that keeps a session from the form now, or null. Changes nothing. */
export async function detectSiteWall(page: Page, signal: AbortSignal): Promise<SiteWall | null> {
  const facts = await readPageFacts(page, signal);
  const { fields } = await readForm(page, signal);
  return judgeSiteWall(facts, fields);
}
