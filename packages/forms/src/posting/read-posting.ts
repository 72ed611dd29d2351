import type { Page } from "playwright";
import { pageScript, runInFrame } from "../page-script/page-script.ts";
import { isNavigating } from "../page-script/poll-until.ts";
import { type PostingFacts, postingFacts } from "./posting-facts.ts";

const readStructuredData = pageScript<null, string[]>(() =>
  [...document.querySelectorAll('script[type="application/ld+json" i]')]
    .slice(0, 20)
    .map(({ textContent }) => textContent ?? "")
    .filter((text) => text.length <= 200_000),
);

/**
 * What the page says of the job in its structured data; nothing where it has none or is just leaving. Words
 * on the page are not read: only the declared place may say where "here" is.
 */
export async function readPosting(page: Page, signal: AbortSignal): Promise<PostingFacts> {
  try {
    const script = { script: readStructuredData, arg: null };
    return postingFacts(await runInFrame(page.mainFrame(), script, signal));
  } catch (thrown) {
    if (isNavigating(thrown)) return {};
    throw thrown;
  }
}
