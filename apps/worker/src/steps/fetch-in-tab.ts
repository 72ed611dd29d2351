import type { FetchSchema } from "@valet/sites";
import type { LiveSession } from "../live-sessions.ts";

/**
 * Gets a document in a tab of its own in the application's browser: what may be reached is decided there,
 * and no script of the page has a hand in it.
 */
export function fetchInTab(page: LiveSession["page"]): FetchSchema {
  return async (address, { signal }) => {
    const tab = await page.context().newPage();
    try {
      const answer = await tab.goto(address.href, { waitUntil: "commit", signal });
      if (answer === null) return Response.error();
      return new Response(await answer.text(), { status: answer.status() });
    } finally {
      await tab.close();
    }
  };
}
