import { disabledFeaturesArg } from "@valet/browser";
import { everyCaseOr } from "@valet/testkit";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectWalls } from "./detect-walls.ts";

const { signal } = new AbortController();
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [disabledFeaturesArg, "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
  });
  const context = await browser.newContext({ javaScriptEnabled: false });
  page = await context.newPage();
});
afterAll(() => browser.close());

const services = [
  "https://www.google.com/recaptcha/api2",
  "https://www.google.com/recaptcha/enterprise",
  "https://www.recaptcha.net/recaptcha/api2",
  "https://recaptcha.net/recaptcha/enterprise",
];

/** What stands in the corner, as the services draw it. */
const badges: readonly ((service: string) => string)[] = [
  (service) => badge("bottomright", `${service}/anchor?k=key&size=invisible`),
  (service) => badge("bottomleft", `${service}/anchor?ar=1&k=key&size=invisible&badge=bottomleft`),
  (service) => badge("inline", `${service}/anchor?k=key&size=invisible&badge=inline`),
  (service) =>
    badge("bottomright", `${service}/anchor?k=key&size=invisible`) +
    `<div style="visibility:hidden; position:absolute; top:-10000px"><iframe src="${service}/bframe?k=key" width="400" height="580"></iframe></div>`,
  // The size is not in the address of every version; what holds the frame says it.
  (service) => badge("bottomright", `${service}/anchor?k=key`),
];

function badge(style: string, src: string): string {
  return `<div class="grecaptcha-badge" data-style="${style}" style="width:256px; height:60px; position:fixed; right:0; bottom:14px">
    <div class="grecaptcha-logo"><iframe title="reCAPTCHA" src="${src}" width="256" height="60"></iframe></div>
    <textarea name="g-recaptcha-response" class="g-recaptcha-response" style="display:none"></textarea></div>`;
}

/** The form beside it. */
const forms: readonly ((badge: string, service: string) => string)[] = [
  (mark) => `<form><label>Name <input name="name"></label><button>Apply</button></form>${mark}`,
  (mark) => `<form><label>Name <input name="name"></label>${mark}<button>Apply</button></form>`,
  (mark, service) =>
    `<script src="${service.replace(/\/[^/]+$/u, "/api.js")}?render=key"></script><form><input name="email" type="email"><button>Send</button></form>${mark}`,
  (mark) =>
    `<form><input name="email" type="email"><input type="hidden" name="g-recaptcha-response"><button>Send</button></form>${mark}`,
  (mark) =>
    `<p>This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.</p><form><textarea name="letter"></textarea><button class="g-recaptcha" data-sitekey="key">Send</button></form>${mark}`,
];

const pages = services.flatMap((service) =>
  badges.flatMap((mark) => forms.map((form) => form(mark(service), service))),
);

/** The sample has each service, each badge and each form. */
const tried = everyCaseOr(
  pages,
  pages.filter((_, index) => index % 6 === 0),
);

/** What a rule sees that takes every mark of the service for a wall. */
const anyMark = '.grecaptcha-badge, iframe[src*="recaptcha"]';

test(`of ${tried.length} pages with nothing but a badge none stops an application`, async () => {
  let stopped = 0;
  let marked = 0;
  for (const html of tried) {
    await page.setContent(html, { waitUntil: "commit" });
    const found = await detectWalls({ page }, signal);
    if (found.some(({ wall }) => wall)) stopped += 1;
    if ((await page.locator(anyMark).count()) > 0) marked += 1;
  }
  expect({ stopped, marked }).toEqual({ stopped: 0, marked: tried.length });
});
