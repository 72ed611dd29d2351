import { identifyJob, readLiveness } from "@valet/sites";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PracticeBrowser, openPracticeBrowser } from "./open-practice-browser.ts";

const { signal } = new AbortController();
const seeds = everyCaseOr([1, 2, 3, 4, 9], [4]);
const place = { chromium: "/usr/lib/chromium/chromium", cwd: import.meta.dirname };
let practice: PracticeBrowser;

beforeAll(async () => {
  practice = await openPracticeBrowser(place, signal);
});
afterAll(() => practice?.close());

async function livenessAt(address: string): Promise<string> {
  const { page, close } = await practice.browser.open(address, signal);
  try {
    return (await readLiveness({ page, asked: new URL(address) }, signal)).kind;
  } finally {
    await close();
  }
}

test("every practice site's postings are open, closed where they are closed, and gone where there are none", async () => {
  const wrong: string[] = [];
  for (const seed of seeds) {
    const all = await practice.sites.sites(seed);
    // Gone with its status, gone with words, and drawn by scripts.
    const sample = all.filter(({ name }) => ["lever", "greenhouse", "workday"].includes(name));
    for (const { name, posting } of everyCaseOr(all, sample)) {
      const { formUrl } = identifyJob(new URL(posting));
      const expected = [
        [posting, "open"],
        [`${formUrl.href}?quirk=closed`, "closed"],
      ] as const;
      for (const [address, kind] of expected) {
        const found = await livenessAt(address);
        if (found !== kind) wrong.push(`${name} ${seed}: ${kind} was taken for ${found}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
