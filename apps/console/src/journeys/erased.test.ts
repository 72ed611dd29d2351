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

/** As long as an erasure may take. */
const patient = { timeout: 60_000 };
let valet: TestValet;
let browser: Browser;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet({ workers: 0 }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

test(
  "who erases themselves is told that their login has ended, and whoever opens their application then that it is not here",
  async () => {
    const admin = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
    const bob = await admin.createUser({ name: "bob" });
    const client = createValetClient({ url: valet.apiUrl, apiKey: bob.apiKey });
    const { id: resumeId } = await client.uploadResume({ fileName: "cv.pdf", body: resumePdf() });
    const jobUrl = `${valet.practiceUrl}/plain/jobs/engineer-gone-1`;
    const { id } = await client.createTask({ jobUrl, resumeId, mode: "copilot" });
    const board = await openConsole(browser, { url: valet.apiUrl });
    const { page, faults, close } = await openConsole(browser, { url: valet.apiUrl, width: 360 });
    await board.page.goto("/");
    await signIn(board.page, bob.apiKey);
    await board.page.locator(`a[href="/applications/${id}"]`).waitFor();
    await page.goto(`/applications/${id}`);
    await signIn(page, bob.apiKey);
    await page.getByRole("button", { name: "Cancel" }).waitFor();

    await client.eraseAccount({ confirm: "bob" });
    await page.getByText("Your login has ended").waitFor(patient);
    await board.page.getByText("Your login has ended").waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    await signIn(page, bob.apiKey);
    await page.getByText("This key is not known here").waitFor();

    await signIn(page, valet.apiKey);
    await page.getByRole("heading", { name: "This application is not here any more" }).waitFor();
    await page.getByText("There is no such application").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("link", { name: "Go to your applications" }).click();
    await page.getByText("There are no applications yet.").waitFor();
    await signIn(board.page, valet.apiKey);
    await board.page.getByText("There are no applications yet.").waitFor();
    expect(await board.page.getByText("engineer-gone").count()).toBe(0);
    expect([...faults(), ...board.faults()]).toEqual([]);
    await board.close();
    await close();
  },
  patient.timeout * 2,
);

test("an application that is gone while it is shown offers nothing any more but a way on", async () => {
  const admin = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const carol = await admin.createUser({ name: "carol" });
  const { id: resumeId } = await admin.uploadResume({ fileName: "cv.pdf", body: resumePdf() });
  const jobUrl = `${valet.practiceUrl}/plain/jobs/engineer-gone-2`;
  const { id } = await admin.createTask({ jobUrl, resumeId, mode: "copilot" });
  const theirs = await openConsole(browser, { url: valet.apiUrl });
  await theirs.page.goto("/");
  await signIn(theirs.page, carol.apiKey);
  await theirs.page.getByText("There are no applications yet.").waitFor();
  const { page, context, faults, close } = await openConsole(browser, { url: valet.apiUrl });
  await page.goto(`/applications/${id}`);
  await signIn(page, valet.apiKey);
  await page.getByRole("button", { name: "Cancel …" }).click();

  // A look at the queue that came first would take the dialog away before it is answered.
  const cancelled = page.waitForRequest((request) => request.url().endsWith(`/tasks/${id}/cancel`));
  await page.route(`**/tasks/${id}`, async (route) => {
    await cancelled;
    await route.continue();
  });
  // To who is no longer its person it is as gone as one that was erased.
  await context.addCookies(await theirs.context.cookies());
  await page.getByRole("button", { name: "Cancel the application" }).click();
  await page.getByRole("heading", { name: "This application is not here any more" }).waitFor();
  expect(await page.getByRole("button", { name: "Cancel …" }).count()).toBe(0);
  await page.getByRole("link", { name: "Go to your applications" }).click();
  await page.getByRole("heading", { name: "Applications" }).waitFor();
  expect(faults()).toEqual([]);
  await theirs.close();
  await close();
});
