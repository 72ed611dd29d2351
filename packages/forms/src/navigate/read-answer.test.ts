import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { readAnswer } from "./read-answer.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

const fields = `<label>First name <input name="a" value="Ada"></label><label>Last name <input name="b" value="Example"></label>
  <label>Email <input name="c" value="ada@example.com"></label>`;
const boxes = Array.from(
  { length: 8 },
  (_, index) => `<input aria-label="Security code ${index + 1}" maxlength="1" id="box-${index}">`,
).join("");

const pages: readonly (readonly [what: string, answer: object, html: string])[] = [
  [
    "eight boxes for a mailed code within the form, said as an error",
    { kind: "wall", by: "email_code" },
    `<form method="post">${fields}<fieldset><legend>Security code</legend><p role="alert">A code was sent to your e-mail
      address. Enter it to send your application.</p>${boxes}</fieldset><button>Submit application</button></form>`,
  ],
  [
    "boxes that only say which they are",
    { kind: "wall", by: "email_code" },
    `<form method="post">${fields}<p>We sent a code to you.</p><div>${boxes}</div><button>Submit application</button></form>`,
  ],
  [
    "a page of its own for one code",
    { kind: "wall", by: "email_code" },
    `<h1>Verify your email</h1><p>We sent a 6-digit code to your address.</p>
      <form method="post"><label>Verification code <input name="code"></label><button>Continue</button></form>`,
  ],
  [
    "a consent page",
    { kind: "wall", by: "consent" },
    "<h1>Data protection</h1><p>Before you go on we need your consent to keep your data.</p><button>I accept</button>",
  ],
  [
    "an account page",
    { kind: "wall", by: "sign_in" },
    `<h1>Create an account</h1><form method="post"><label>Email <input name="e"></label>
      <label>Password <input type="password" required></label><button>Create account</button></form>`,
  ],
  [
    "a confirmation that offers an account",
    { kind: "confirmation" },
    `<h1>Thank you for applying</h1><p>We have received your application.</p><form method="post"><h2>Create an account</h2>
      <label>Password <input type="password" required></label><button>Create account</button></form>`,
  ],
  [
    "errors in the form",
    { kind: "form_with_errors" },
    `<form method="post"><p role="alert">Enter a telephone number.</p>${fields}<button>Submit application</button></form>`,
  ],
  [
    "the form as it was",
    { kind: "form" },
    `<form method="post">${fields}<button>Submit application</button></form>`,
  ],
];

test("what a site says after the click, and where it wants the person first", async () => {
  const page = await site.open("/wizard/done");
  for (const [what, answer, html] of pages) {
    await page.setContent(`<!doctype html><html><body>${html}</body></html>`);
    expect(await readAnswer(page, signal), what).toEqual(answer);
  }
  await page.context().close();
});
