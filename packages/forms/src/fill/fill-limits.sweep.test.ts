import { afterAll, beforeAll, expect, test } from "vitest";
import { readForm } from "../read/read-form.ts";
import { examplePlan } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { fillPage } from "./fill-page.ts";

const { signal } = new AbortController();
const longestMs = 30_000;
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

function formOf(count: number, script: string): string {
  const fields = Array.from(
    { length: count },
    (_, index) => `<p><label>Question ${index} <input name="q${index}"></label></p>`,
  );
  return `<form>${fields.join("")}<button>Submit application</button></form><script>${script}</script>`;
}

async function fillAll(script: string, count: number) {
  const page = await site.open("/plain.html");
  await page.setContent(formOf(count, script));
  const form = await readForm(page, signal);
  const plan = examplePlan(Object.fromEntries(form.fields.map(({ id }) => [id, `Answer ${id}`])));
  const startedAt = performance.now();
  const result = await fillPage({ page, form, plan, files: {} }, signal).then(
    ({ fields }) => ({ fields, code: null }),
    (thrown: unknown) => ({
      fields: [],
      code: thrown instanceof Error && "code" in thrown ? thrown.code : thrown,
    }),
  );
  return { ...result, ms: performance.now() - startedAt };
}

test("5,000 fields are filled", async () => {
  const { fields, ms } = await fillAll("", 5_000);
  expect(fields.filter(({ ok }) => ok)).toHaveLength(5_000);
  expect(ms).toBeLessThan(longestMs);
});

test("5,000 fields that keep no value are given up", async () => {
  const refuse = `document.addEventListener("input", ({ target }) => { target.value = ""; });`;
  const { fields, ms } = await fillAll(refuse, 5_000);
  expect(fields).toHaveLength(5_000);
  expect(fields.filter(({ ok }) => ok)).toEqual([]);
  expect(ms).toBeLessThan(longestMs);
});

test("a page whose script never ends is given up", async () => {
  const hang = `document.addEventListener("input", () => { for (;;) {} });`;
  const { code, ms } = await fillAll(hang, 3);
  expect(code).toBe("TIMEOUT");
  expect(ms).toBeLessThan(longestMs);
});
