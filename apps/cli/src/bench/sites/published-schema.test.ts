import {
  adapters,
  identifyJob,
  openSiteForm,
  readPublishedSchema,
  reconcileSchema,
} from "@valet/sites";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OfflineBrowser, openOfflineBrowser } from "../../offline/open-offline-browser.ts";
import { type PracticeSites, startPracticeSites } from "./practice-sites.ts";

const { signal } = new AbortController();
const seeds = everyCaseOr(
  Array.from({ length: 20 }, (_none, index) => index + 1),
  [3],
);
/** Those that change what a form asks from the start. */
const quirks = ["", "rows", "embed"];
let sites: PracticeSites;
let browser: OfflineBrowser;

beforeAll(async () => {
  sites = await startPracticeSites();
  browser = await openOfflineBrowser(
    {
      chromium: "/usr/lib/chromium/chromium",
      cwd: import.meta.dirname,
      network: true,
      javaScript: true,
      practiceHosts: sites.hosts,
    },
    signal,
  );
});
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

test("what a site publishes is what its page asks", async () => {
  const seen: Record<string, unknown> = {};
  for (const seed of seeds) {
    for (const { name, posting, quirks: known } of await sites.sites(seed)) {
      if (adapters[identifyJob(new URL(posting)).site].schema === undefined) continue;
      for (const quirk of quirks.filter(
        (one) => one === "" || known.some((is) => is.name === one),
      )) {
        const address = quirk === "" ? posting : `${posting}?quirk=${quirk}`;
        seen[`${name} ${seed} ${quirk}`] = await disagreementsOf(new URL(address));
      }
    }
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((one) => [one, []])));
  expect(Object.keys(seen)).toContain(`greenhouse ${seeds[0]} rows`);
});

/** In words; undefined where nothing is published. */
async function disagreementsOf(posting: URL): Promise<string[] | undefined> {
  const { site, formUrl } = identifyJob(posting);
  const adapter = adapters[site];
  const { page, close } = await browser.open(formUrl.href, signal);
  try {
    const places = { adapter, address: formUrl, page, fetch: sites.fetch };
    const published = await readPublishedSchema(places, signal);
    const opened = await openSiteForm({ adapter, page }, signal);
    if (published === undefined || opened.kind !== "form") return undefined;
    return reconcileSchema(published, opened.form).map((one) =>
      one.kind === "unpublished"
        ? `unpublished ${one.field.id}`
        : `${one.kind} ${one.published.name}`,
    );
  } finally {
    await close();
  }
}
