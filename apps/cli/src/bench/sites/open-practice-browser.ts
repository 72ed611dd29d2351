import {
  type OfflineBrowser,
  type OfflineBrowserInput,
  openOfflineBrowser,
} from "../../offline/open-offline-browser.ts";
import { type PracticeSites, startPracticeSites } from "./practice-sites.ts";

export interface PracticeBrowser {
  readonly browser: OfflineBrowser;
  readonly sites: PracticeSites;
  readonly close: () => Promise<void>;
}

/** The practice sites, and a browser whose pages reach them and nothing else. */
export async function openPracticeBrowser(
  place: Pick<OfflineBrowserInput, "chromium" | "cwd">,
  signal: AbortSignal,
): Promise<PracticeBrowser> {
  const sites = await startPracticeSites();
  try {
    const browser = await openOfflineBrowser(
      { ...place, network: true, javaScript: true, practiceHosts: sites.hosts },
      signal,
    );
    return {
      browser,
      sites,
      close: async () => {
        try {
          await browser.close();
        } finally {
          await sites.close();
        }
      },
    };
  } catch (error) {
    await sites.close();
    throw error;
  }
}
