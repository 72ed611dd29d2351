import { disabledFeaturesArg } from "@valet/browser";
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

const anchor = "https://www.google.com/recaptcha/api2/anchor?k=key";

test.each([
  [
    "a checkbox of reCAPTCHA",
    `<iframe src="${anchor}&size=normal" width="304" height="78"></iframe>`,
    "recaptcha checkbox wall",
  ],
  [
    "the badge of reCAPTCHA",
    `<div class="grecaptcha-badge"><iframe src="${anchor}&size=invisible" width="256" height="60"></iframe></div>`,
    "recaptcha invisible",
  ],
  [
    "an open puzzle",
    `<iframe src="https://www.google.com/recaptcha/api2/bframe?k=key" width="400" height="580"></iframe>`,
    "recaptcha challenge wall",
  ],
  [
    "a puzzle that waits hidden",
    `<div style="visibility:hidden"><iframe src="https://www.google.com/recaptcha/api2/bframe?k=key" width="400" height="580"></iframe></div>`,
    "",
  ],
  [
    "a place where the checkbox will be drawn",
    '<div class="g-recaptcha" data-sitekey="key"></div>',
    "recaptcha checkbox wall",
  ],
  [
    "a button that asks in silence",
    '<button class="g-recaptcha" data-sitekey="key">Apply</button>',
    "recaptcha invisible",
  ],
  [
    "a checkbox that was ticked",
    '<div class="g-recaptcha" data-sitekey="key"><textarea name="g-recaptcha-response">token</textarea></div>',
    "recaptcha checkbox",
  ],
  [
    "the score of reCAPTCHA",
    '<script src="https://www.google.com/recaptcha/api.js?render=key"></script>',
    "recaptcha score",
  ],
  [
    "hCaptcha beside the fields it shares with reCAPTCHA",
    '<div class="h-captcha" data-sitekey="key"><textarea name="h-captcha-response"></textarea><textarea name="g-recaptcha-response"></textarea></div>',
    "hcaptcha checkbox wall",
  ],
  [
    "hCaptcha that a script asks on submit",
    '<div class="h-captcha" data-sitekey="key"></div><input type="hidden" name="h-captcha-response">',
    "hcaptcha invisible",
  ],
  ["Turnstile", '<div class="cf-turnstile" data-sitekey="key">.</div>', "turnstile checkbox wall"],
  [
    "Turnstile without a widget",
    '<input type="hidden" name="cf-turnstile-response">',
    "turnstile invisible",
  ],
  ["letters to copy", '<p>Enter the code shown above <input name="answer"></p>', "text text wall"],
  [
    "letters to copy under words in a wrong encoding",
    '<div><p>Р’РІРµРґРёС‚Рµ С†РёС„СЂС‹</p><img src="draw/?session=1"><input name="answer"></div>',
    "text text wall",
  ],
  [
    "a picture beside a question in a right encoding",
    '<div><p>Ваше имя</p><img src="draw/?session=1"><input name="answer"></div>',
    "",
  ],
  ["a sum", '<p>6 + <input name="n" size="2"> = 12</p>', "text text wall"],
  [
    "the code of a bank card",
    '<p>Security code shown on the card in the picture <input name="cvv"></p>',
    "",
  ],
  ["a code sent by mail", '<label>Verification code <input name="code"></label>', ""],
])("%s", async (_, html, expected) => {
  await page.setContent(`<form><label>Name <input name="name"></label>${html}</form>`, {
    waitUntil: "commit",
  });
  const found = await detectWalls({ page }, signal);
  const words = found.map(({ vendor, kind, wall }) => `${vendor} ${kind}${wall ? " wall" : ""}`);
  expect(words.join(", ")).toBe(expected);
});
