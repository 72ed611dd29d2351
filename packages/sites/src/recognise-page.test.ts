import { disabledFeaturesArg } from "@valet/browser";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type Page, chromium } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RecognisedPage, recognisePage } from "./recognise-page.ts";
import type { SiteName } from "./site-names.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [disabledFeaturesArg, "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
  });
  page = await browser.newPage({ javaScriptEnabled: false });
});
afterAll(() => browser?.close());

async function recognised(markup: string): Promise<RecognisedPage> {
  await page.setContent(markup, { waitUntil: "commit" });
  return recognisePage(page);
}

function workdayStep(mark: string): string {
  return `<div data-automation-id="${mark}"><h2>A step</h2></div>
    <button data-automation-id="pageFooterNextButton">Weiter</button>`;
}

/** What the notes say such pages have, and nothing else. */
const pages: readonly (readonly [SiteName, "posting" | "form", string])[] = [
  ["greenhouse", "posting", '<div id="grnhse_app"><iframe id="grnhse_iframe"></iframe></div>'],
  [
    "greenhouse",
    "form",
    '<form id="application-form"><input id="first_name"><button type="submit">Submit</button></form>',
  ],
  [
    "lever",
    "form",
    '<ul><li class="application-question"><input name="cards[7][field0]"></li></ul><button type="button" id="btn-submit">Send</button>',
  ],
  ["ashby", "form", '<div class="ashby-application-form-field-entry"><input></div>'],
  ["ashby", "posting", '<iframe id="ashby_embed_iframe"></iframe>'],
  [
    "smartrecruiters",
    "posting",
    '<a href="/oneclick-ui/company/Northwind/publication/7">Interested</a>',
  ],
  [
    "smartrecruiters",
    "form",
    '<oc-form><template shadowrootmode="open"><spl-input><template shadowrootmode="open"><input id="first-name-input"></template></spl-input></template></oc-form>',
  ],
  [
    "smartrecruiters",
    "form",
    '<sr-screening-questions-form></sr-screening-questions-form><spl-button data-test="footer-submit">Send</spl-button>',
  ],
  [
    "icims",
    "form",
    '<form id="enterEmailForm"><input name="css_loginName" class="iCIMS_I"></form>',
  ],
  ["icims", "form", '<input name="-1_PersonProfileFields.PhoneNumber">'],
  ["workable", "form", '<input data-ui="firstname"><input data-ui="lastname">'],
  ["workable", "form", '<fieldset data-ui="QA_7"><input type="radio"></fieldset>'],
  ["bamboohr", "form", '<input name="nickname_hpcsaf" tabindex="-1">'],
  [
    "recruitee",
    "form",
    '<input name="candidate.name"><input name="candidate.email"><button type="submit">Send</button>',
  ],
  [
    "teamtailor",
    "form",
    '<form id="job-application-form"><input name="candidate[first_name]"></form>',
  ],
  ["breezy", "form", '<input name="cName"><input name="cEmail">'],
  [
    "workday",
    "posting",
    '<h2 data-automation-id="jobPostingHeader">A job</h2><a data-automation-id="adventureButton">Apply</a>',
  ],
  [
    "workday",
    "form",
    '<div data-automation-id="signInContent"><input data-automation-id="beecatcher" name="website"></div>',
  ],
  ...[
    "contactInformationPage",
    "applyFlowMyInfoPage",
    "applyFlowMyExpPage",
    "applyFlowPrimaryQuestionsPage",
    "applyFlowVoluntaryDisclosuresPage",
    "applyFlowSelfIdentifyPage",
    "applyFlowReviewPage",
  ].map((mark) => ["workday", "form", workdayStep(mark)] as const),
];

test.each(pages)("a page of %s (%s) is known by what is on it", async (site, on, markup) => {
  expect(await recognised(`<!doctype html><body>${markup}</body>`)).toMatchObject({
    site,
    by: "hooks",
    on,
  });
});

test("steps that share an address are told apart, and none misses the marks of another", async () => {
  const { hooks } = await recognised(workdayStep("applyFlowSelfIdentifyPage"));
  expect(hooks.filter(({ presence }) => presence === "step").map(({ name }) => name)).toEqual([
    "step: self identify",
  ]);
  expect(hooks.filter(({ isSeen }) => !isSeen)).toEqual([]);
});

test("what any site may call so tells of none", async () => {
  const one =
    '<form><input id="first_name"><input name="candidate.email"><p id="btn-submit"></p></form>';
  expect(await recognised(one)).toMatchObject({ site: "generic", by: "nothing", on: "unknown" });
});

const corpora =
  process.env["VALET_CORPORA"] ??
  fileURLToPath(new URL("../../../../shared/corpora", import.meta.url));
const folder = `${corpora}/ats-real-pages/`;
const labels = await readFile(`${folder}labels.json`, "utf8").catch(() => undefined);
const saved = labels === undefined ? [] : savedPages(JSON.parse(labels));

function savedPages(read: unknown): (readonly [string, string])[] {
  return Object.entries(read instanceof Object ? read : {}).flatMap(([file, label]) => {
    const ats: unknown = label instanceof Object ? Reflect.get(label, "ats") : undefined;
    const site = typeof ats === "string" ? /^\w+/u.exec(ats)?.[0] : undefined;
    return site === undefined ? [] : [[file, site.toLowerCase()] as const];
  });
}

const mark = labels === undefined ? "SKIPPED, the development corpora are absent: " : "";

describe.skipIf(labels === undefined)(`${mark}pages saved from live sites`, () => {
  test("there are some", () => expect(saved.length).toBeGreaterThanOrEqual(5));

  test.each(saved)("%s is known as %s", async (file, site) => {
    expect(await recognised(await readFile(folder + file, "utf8"))).toMatchObject({
      site,
      by: "hooks",
      on: file === "pages/workday.html" ? "posting" : "form",
    });
  });
});
