import { type TestValet, resumePdf, startValet } from "@valet/testkit";
import { createValetClient } from "@valet/client";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postingOf } from "./applicant.fixture.ts";
import { findBarriers, launchChromium, openConsole, signIn } from "./console-browser.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 60_000 };
/** Of a whole journey on a machine that is busy with other tests. */
const journeyMs = 180_000;
let valet: TestValet;
let browser: Browser;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

const resume = resumePdf({
  lines: [
    "Ada Canaria",
    "ada.canaria@example.com   +1 303 555 0142   Denver, USA",
    "linkedin.com/in/ada-canaria",
    "EXPERIENCE",
    "Analytical Engines Ltd, Senior Engineer",
    "March 2019 to Present",
    "- Wrote the service that bills customers",
  ],
});

async function change(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("button", { name: `Change ${label}` }).click();
  await page.getByRole("textbox", { name: label }).fill(text);
}

test(
  "somebody who comes for the first time gives a résumé and facts, starts an application, answers, corrects two fields, approves it and opens its receipt",
  async () => {
    const { page, faults, asked, close } = await openConsole(browser, { url: valet.apiUrl });
    await page.goto("/");
    await page.getByLabel("Your API key").waitFor();
    expect(await page.getByText("your login has ended").count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "sign-in", 420);
    await signIn(page, valet.apiKey);

    await page.getByRole("link", { name: "Give Valet your résumé" }).click();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "ada-canaria.pdf", mimeType: "application/pdf", buffer: resume });
    await page.getByText("Read: ").waitFor(patient);
    await page.getByRole("button", { name: /^Keep \d+ new things$/u }).click();
    await page.getByText("All of it is kept.").waitFor();
    await page.getByRole("link", { name: "Next: facts" }).click();
    await page.getByLabel("First name").fill("Ada");
    await page.getByLabel("Last name").fill("Canaria");
    await page.getByLabel("City", { exact: true }).fill("Denver");
    await page.getByLabel("State or region").fill("Colorado");
    await page.getByLabel("Country", { exact: true }).selectOption("US");
    await page.getByRole("button", { name: "Save: Who you are" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();

    await page.getByRole("link", { name: "New", exact: true }).click();
    const posting = await postingOf(valet, { site: "greenhouse", seed: 8 });
    await page.getByLabel("Addresses of jobs").fill(posting);
    await page.getByRole("button", { name: "See what they ask first" }).click();
    await page.getByText("only you can answer").waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "new", 900);
    await page.getByRole("button", { name: "Start the application" }).click();

    await page.getByRole("heading", { name: "Questions only you can answer" }).waitFor(patient);
    await page
      .getByRole("radiogroup", { name: "Are you willing to relocate?" })
      .getByRole("radio", { name: "Yes" })
      .check({ force: true });
    await page.getByRole("button", { name: "Send my answer" }).click();
    await page.getByRole("heading", { name: "Look at what will be sent" }).waitFor(patient);
    await change(page, "Phone", "2025550199");
    await change(page, "Last Name", "Canaria-Example");
    await page.getByText("You have changed 2 fields:").waitFor();
    await page.getByRole("button", { name: /^Approve and send to/u }).click();
    await page.getByRole("heading", { name: "Confirmed: it arrived" }).waitFor(patient);

    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Open the receipt" }).click();
    const receipt = await opened;
    await receipt.getByText("The site confirmed that your application arrived.").waitFor();
    await receipt.getByText("Canaria-Example").waitFor();

    const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
    const { tasks } = await client.listTasks({});
    expect(tasks).toMatchObject([{ state: "completed", outcome: "confirmed" }]);
    const submits = await valet.submits();
    expect(submits).toHaveLength(1);
    const sent = JSON.stringify(submits);
    expect([sent.includes("2025550199"), sent.includes("Canaria-Example")]).toEqual([true, true]);
    expect(faults()).toEqual([]);
    expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
    await close();
  },
  journeyMs,
);
