import { createValetClient } from "@valet/client";
import { type TestValet, resumePdf, startValet } from "@valet/testkit";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";

let valet: TestValet;
let browser: Browser;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet({ workers: 0 }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

/** Whatever a job calls itself is shown and never run. */
const canary = "<img src=x onerror=alert(1)>";

test("a key is given once, is kept nowhere in the browser, and a login that has ended leads back to where one was", async () => {
  const { page, context, faults, asked, close } = await openConsole(browser, {
    url: valet.apiUrl,
    width: 360,
  });
  await page.goto("/?state=failed");
  await page.getByLabel("Your API key").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  await signIn(page, "valet_wrong");
  await page.getByText("This key is not known here").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await signIn(page, valet.apiKey);
  await page.getByRole("heading", { name: "Applications" }).waitFor();
  expect(new URL(page.url()).search).toBe("?state=failed");
  const stored = await page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, document.cookie]),
  );
  expect(stored).not.toContain(valet.apiKey);
  expect(await context.cookies()).toMatchObject([
    { name: "valet_session", httpOnly: true, sameSite: "Strict" },
  ]);

  await context.clearCookies();
  await page.reload();
  await page.getByText("Your login has ended").waitFor();
  await signIn(page, valet.apiKey);
  await page.getByRole("heading", { name: "Applications" }).waitFor();
  expect(new URL(page.url()).search).toBe("?state=failed");

  await page.goto("/");
  await page.getByText("There are no applications yet.").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const { id: resumeId } = await client.uploadResume({ fileName: "cv.pdf", body: resumePdf() });
  const jobUrl = `${valet.practiceUrl}/plain/jobs/${encodeURIComponent(canary)}`;
  await client.createTask({ jobUrl, resumeId, mode: "copilot" });
  await page.getByRole("link", { name: canary }).waitFor();
  expect(await overflow(page)).toBe(0);

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Your API key").waitFor();
  expect(await context.cookies()).toEqual([]);
  expect(faults()).toEqual([]);
  expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
  await close();
});
