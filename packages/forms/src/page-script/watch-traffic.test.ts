import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { watchTraffic } from "./watch-traffic.ts";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

test("an answer that began and never ends, as one that no script reads, is waited for no longer", async () => {
  const page = await site.open("/plain.html");
  const traffic = watchTraffic(page);
  const status = page.evaluate(async () => (await fetch("/endless-answer")).status);
  await page.waitForRequest(/endless-answer/u);
  expect(traffic.isQuiet()).toBe(false);
  expect(await status).toBe(200);
  await expect.poll(() => traffic.isQuiet()).toBe(true);
  traffic.close();
  await page.context().close();
});

test("a request that nobody answers is still out", async () => {
  const page = await site.open("/plain.html");
  const traffic = watchTraffic(page);
  const sent = page.waitForRequest(/no-answer/u);
  await page.evaluate(() => void fetch("/no-answer").catch(() => undefined));
  await sent;
  expect(traffic.isQuiet()).toBe(false);
  traffic.close();
  await page.context().close();
});
