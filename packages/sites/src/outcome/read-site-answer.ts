import {
  type SiteAnswer,
  classifyPage,
  judgeSiteWall,
  readAnswer,
  readForm,
  readPageFacts,
} from "@valet/forms";
import type { Page } from "playwright";
import { identifyJob } from "../identify-job.ts";
import type { SiteAdapter } from "../site-adapter.ts";

export interface AnswerToRead {
  readonly page: Page;
  readonly adapter: SiteAdapter;
  /** Of the application: the confirmation of another job proves nothing. */
  readonly jobKey: string;
}

/**
 * What the page shows after the click that sends. An address that this site gives to stored applications
 * only counts as much as words of thanks, unless the page says or asks something that speaks against it.
 */
export async function readSiteAnswer(
  { page, adapter, jobKey }: AnswerToRead,
  signal: AbortSignal,
): Promise<SiteAnswer> {
  const answer = await readAnswer(page, signal);
  // What stands behind the address is not the site's alone.
  const address = page.url().replace(/[?#].*$/u, "");
  if (answer.kind !== "unknown" || !confirms(adapter, { address, jobKey })) return answer;
  const facts = await readPageFacts(page, signal);
  const { fields } = await readForm(page, signal);
  const isAsked = fields.some(({ visible, meaning }) => visible && !besides.has(meaning));
  if (isAsked || judgeSiteWall(facts, fields) !== null) return answer;
  return classifyPage(facts, { isConfirmationAddress: true });
}

/** What searches and newsletters ask at the foot of any page. */
const besides: ReadonlySet<string> = new Set(["search", "email"]);

function confirms(
  { outcome }: SiteAdapter,
  { address, jobKey }: { readonly address: string; readonly jobKey: string },
): boolean {
  if (outcome?.confirmation?.test(address) !== true || !URL.canParse(address)) return false;
  return identifyJob(new URL(address)).jobKey === jobKey;
}
