import { randomUUID } from "node:crypto";
import { type TestValet, resumePdf, startValet } from "@valet/testkit";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleApplicant, createConsoleApplicant } from "./applicant.fixture.ts";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";

const patient = { timeout: 100_000 };
const journeyMs = 240_000;
/** Runs where it is taken for markup; what the site says is written like this too. */
const markup = '"><img src=x onerror="globalThis.valetCanary=1">';
const longAnswer = `${markup} שלום ${"so long that nobody reads it at once ".repeat(280)}`.slice(
  0,
  10_000,
);

let valet: TestValet;
let browser: Browser;
let ada: ConsoleApplicant;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
  ada = await createConsoleApplicant(valet);
  const profile = await ada.client.getProfile();
  await ada.client.putProfile({
    ...profile,
    work: [{ name: markup, position: markup, startDate: "2018-03" }],
    application: {
      ...profile.application,
      savedAnswers: [{ question: "Cover letter", answer: markup }],
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

const canary = (page: Page) => page.evaluate(() => Reflect.get(globalThis, "valetCanary"));

test(
  "three hundred fields of a hostile posting, an answer of ten thousand characters and a hostile résumé are shown as they are, and nothing of them runs",
  async () => {
    const { page, faults, asked, close } = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
      colorScheme: "dark",
    });
    const { id: resumeId } = await ada.client.uploadResume({
      fileName: `${markup}.pdf`,
      body: resumePdf(),
    });
    const { id } = await ada.apply("plain/jobs/engineer-hostile-1", { resumeId });
    await page.goto("/");
    await signIn(page, valet.apiKey);
    await page.locator(".row").getByText("awaiting human").waitFor(patient);
    await page.getByRole("link", { name: "<img src=x onerror" }).click();
    await page.getByRole("heading", { name: "Questions only you can answer" }).waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("textbox").first().fill(longAnswer);
    await page.getByRole("button", { name: "Send my answer" }).click();

    await page.getByRole("heading", { name: "Look at what will be sent" }).waitFor(patient);
    const { fields } = await ada.client.getTask(id);
    expect(fields.length).toBeGreaterThan(300);
    expect(await page.locator(".field").count()).toBe(fields.length);
    expect(await overflow(page)).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Show all 10,000 characters" }).click();
    await page.getByText(longAnswer.slice(-100)).waitFor();
    expect(await overflow(page)).toBe(0);

    await ada.client.cancelTask(id);
    await page.getByText("cancelled").first().waitFor(patient);
    await page.goto(`/applications/${randomUUID()}`);
    await page.getByText("There is no").first().waitFor();
    expect(await canary(page)).toBeUndefined();
    expect(faults()).toEqual([]);
    expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
    await close();
  },
  journeyMs,
);
