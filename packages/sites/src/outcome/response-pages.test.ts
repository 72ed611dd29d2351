import { disabledFeaturesArg } from "@valet/browser";
import { type DispatchEvidence, judgeDispatch } from "@valet/domain";
import type { PageKind } from "@valet/forms";
import { everyCaseOr } from "@valet/testkit";
import { type Browser, type Page, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adapters } from "../adapters.ts";
import { identifyJob } from "../identify-job.ts";
import { readSiteAnswer } from "./read-site-answer.ts";
import type { ResponsePage } from "./confirmation-addresses.fixture.ts";
import { responsePages } from "./response-pages.fixture.ts";

const { signal } = new AbortController();
const all = responsePages();
const pages = everyCaseOr(
  all,
  all.filter((_, index) => index % 11 === 0),
);
let browser: Browser;
let page: Page;
let shown: ResponsePage | undefined;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [disabledFeaturesArg, "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
  });
  page = await browser.newPage();
  await page.route("**/*", (route) =>
    route.fulfill({
      status: shown?.status ?? 404,
      contentType: "text/html; charset=utf-8",
      body: `<!doctype html><title>Jobs</title><body>${shown?.markup ?? ""}</body>`,
    }),
  );
});
afterAll(() => browser.close());

const seen: Readonly<Record<PageKind["kind"], DispatchEvidence["page"]>> = {
  confirmation: "confirmation",
  already_applied: "already_applied",
  form_with_errors: "form_with_errors",
  form: "form",
  site_error: "site_error",
  posting: "other",
  closed: "other",
  not_found: "other",
  unknown: "other",
};

async function verdictOf(answer: ResponsePage): Promise<string> {
  shown = answer;
  await page.goto(answer.url);
  const { site, jobKey } = identifyJob(new URL(answer.job));
  const said = await readSiteAnswer({ page, adapter: adapters[site], jobKey }, signal);
  const response = { status: answer.submitStatus };
  return judgeDispatch({
    page: said.kind === "wall" ? said.by : seen[said.kind],
    response,
    sessionAlive: true,
  }).verdict.kind;
}

const timeout = everyCaseOr(600_000, 60_000);
test(
  "what a site answers is never called confirmed or rejected when it is not",
  { timeout },
  async () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(all.filter(({ isConfirmed }) => !isConfirmed).length).toBeGreaterThanOrEqual(100);
    const wrong: string[] = [];
    const missed: string[] = [];
    for (const answer of pages) {
      const verdict = await verdictOf(answer);
      if (verdict === "confirmed" && !answer.isConfirmed) wrong.push(`${answer.name}: ${verdict}`);
      if (verdict === "rejected" && answer.isStored) wrong.push(`${answer.name}: ${verdict}`);
      if (verdict !== "confirmed" && answer.isConfirmed) missed.push(`${answer.name}: ${verdict}`);
    }
    expect(wrong).toEqual([]);
    expect(missed).toEqual([]);
  },
);
