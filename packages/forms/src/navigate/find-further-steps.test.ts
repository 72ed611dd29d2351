import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readForm } from "../read/read-form.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { findFurtherSteps } from "./find-further-steps.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;

beforeAll(async () => {
  site = await openTestSite();
  page = await site.open("/wizard/done");
});
afterAll(() => site.close());

const form = `<form method="post"><label>Name <input name="name" required></label>
  <label>E-mail <input name="email" type="email"></label> <button>Next</button></form>`;

async function isProven(around: string, below = ""): Promise<boolean> {
  await page.setContent(`<!doctype html><html><body>${around}${form}${below}</body></html>`);
  return findFurtherSteps({ page, form: await readForm(page, signal) }, signal);
}

test.each([
  `<ol><li aria-current="step">You</li><li>Questions</li></ol>`,
  `<nav><a aria-current="step" href="#1">You</a><a href="#2">Questions</a></nav>`,
  `<ol><li><span aria-current="step">1</span> You</li><li><span>2</span> Questions</li></ol>`,
  `<ul class="wizard-steps"><li class="done">Start</li><li class="is-active active">You</li><li>Look over</li></ul>`,
  `<p>Step 1 of 3</p>`,
  `<div role="progressbar" aria-valuenow="1" aria-valuemax="3">Page 1/3</div>`,
])("is proven by %s", async (marks) => {
  expect(await isProven(marks)).toBe(true);
});

test.each([
  ``,
  `<ol><li>You</li><li aria-current="step">Questions</li></ol>`,
  `<ol><li aria-current="step">You</li><li>Done</li></ol>`,
  `<ol hidden><li aria-current="step">You</li><li>Questions</li></ol>`,
  `<p style="display:none">Step 1 of 3</p>`,
  `<nav><a aria-current="page" href="#1">Jobs</a><a href="#2">About us</a></nav>`,
  `<ul class="menu"><li class="active">Jobs</li><li>About us</li></ul>`,
  `<p>3 of 4 people recommend us</p>`,
])("is not proven by %s", async (marks) => {
  expect(await isProven(marks)).toBe(false);
});

test("is not proven where a button for the end stands beside it", async () => {
  const end = `<button form="f">Submit application</button>`;
  const marks = `<p>Step 1 of 3</p>`;
  await page.setContent(
    `<!doctype html><html><body>${marks}${form.replace("</form>", `${end}</form>`)}</body></html>`,
  );
  expect(await findFurtherSteps({ page, form: await readForm(page, signal) }, signal)).toBe(false);
});
