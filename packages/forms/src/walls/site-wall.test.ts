import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { detectSiteWall } from "./detect-site-wall.ts";
import type { SiteWall } from "./site-wall.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

const application = `<form method="post"><label>First name <input name="a"></label><label>Last name <input name="b"></label>
  <label>Email <input name="c"></label><button>Submit application</button></form>`;

const pages: [what: string, kind: SiteWall["kind"] | null, html: string][] = [
  [
    "a sign-in form alone",
    "sign_in",
    '<h1>Sign in to apply</h1><form method="post"><label>Email <input name="e"></label><label>Password <input type="password"></label><button>Sign in</button></form>',
  ],
  [
    "a sign-in form beside an application",
    null,
    `<form action="/in"><input name="user" placeholder="Email"><input type="password" name="p"><button>Sign in</button></form>${application}`,
  ],
  [
    "a code that was sent",
    "email_code",
    '<h1>Verify your email</h1><p>We sent a 6-digit code to your address.</p><form method="post"><label>Verification code <input name="code"></label><button>Continue</button></form>',
  ],
  [
    "a link that was sent, in German",
    "email_code",
    "<h1>Fast geschafft</h1><p>Der Link wurde an Ihre Adresse gesendet.</p>",
  ],
  [
    "a consent that comes first",
    "consent",
    "<h1>Data protection</h1><p>Before you go on we need your consent to keep your data.</p><a role='button' href='/on'>I accept</a>",
  ],
  [
    "an application that asks for a consent",
    null,
    `<h1>Data protection</h1><p>We need your consent.</p>${application}`,
  ],
  ["too many requests", "rate_limited", "<h1>429</h1><p>Too many requests. Slow down.</p>"],
  ["a block", "blocked", "<h1>Access denied</h1><p>You have been blocked.</p>"],
  ["an old session", "expired", "<p>Your session has expired. Start again.</p>"],
  ["a form that mentions sessions", null, `<p>Your session has expired once.</p>${application}`],
  ["a posting", null, "<h1>Mechanic</h1><p>We build boats.</p><a href='/apply'>Apply now</a>"],
];

test("each wall is told by what the page shows, and an open way is none", async () => {
  const page = await site.open("/wizard/done");
  const found: Record<string, SiteWall["kind"] | null> = {};
  for (const [what, , html] of pages) {
    await page.setContent(`<!doctype html><html><body>${html}</body></html>`);
    found[what] = (await detectSiteWall(page, signal))?.kind ?? null;
  }
  expect(found).toEqual(Object.fromEntries(pages.map(([what, kind]) => [what, kind])));
  await page.context().close();
});
