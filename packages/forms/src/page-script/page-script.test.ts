import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { findElement, pageScript, runInFrame } from "./page-script.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

const countInputs = pageScript<string, number>(
  (kit, selector) => kit.deepQuery(document, selector).length,
);

const nameGlobals = pageScript<null, string[]>(() => [
  ...Object.getOwnPropertyNames(globalThis),
  ...Object.getOwnPropertySymbols(globalThis).map(String),
]);

const fail = pageScript<null, null>(() => {
  throw new Error("a fault of the script");
});

function count(page: Page): Promise<number> {
  return runInFrame(page.mainFrame(), { script: countInputs, arg: "input" }, signal);
}

test("a script goes on in the document that replaced the one it knew", async () => {
  const page = await site.open("/wizard/1");
  expect(await count(page)).toBe(2);
  await page.goto(`${site.origin}/wizard/2`);
  expect(await count(page)).toBe(1);
  await page.goto("about:blank");
  expect(await count(page)).toBe(0);
  await page.goto(`${site.origin}/wizard/1`);
  expect(await findElement(page.mainFrame(), "input[name=name]", signal)).toBeDefined();
  await page.context().close();
});

test("a later run sees what the page has become, not what an earlier run found", async () => {
  const page = await site.open("/wizard/2");
  expect(await count(page)).toBe(1);
  await page.evaluate(() => document.forms[0]?.append(document.createElement("input")));
  expect(await count(page)).toBe(2);
  await page.context().close();
});

test("a page sees nothing of the scripts between their runs", async () => {
  const page = await site.open("/wizard/2");
  const globals = (): Promise<string[]> =>
    page.evaluate(() => [
      ...Object.getOwnPropertyNames(globalThis),
      ...Object.getOwnPropertySymbols(globalThis).map(String),
    ]);
  const before = await globals();
  await count(page);
  expect(await runInFrame(page.mainFrame(), { script: nameGlobals, arg: null }, signal)).toEqual(
    before,
  );
  expect(await globals()).toEqual(before);
  await page.context().close();
});

test("a fault of a script is its own, and is not tried again", async () => {
  const page = await site.open("/wizard/2");
  await count(page);
  await expect(runInFrame(page.mainFrame(), { script: fail, arg: null }, signal)).rejects.toThrow(
    "a fault of the script",
  );
  await page.context().close();
});
