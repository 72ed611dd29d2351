import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createValetClient } from "@valet/client";
import { type TestValet, resumePdf, startValet } from "@valet/testkit";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";
import { tabTo } from "./keyboard.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 60_000 };
const journeyMs = 120_000;
let valet: TestValet;
let browser: Browser;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

const lines = [
  "Ada Canaria",
  "ada.canaria@example.com   +1 303 555 0142   Denver, USA",
  "linkedin.com/in/ada-canaria",
  "EXPERIENCE",
  "Analytical Engines Ltd, Senior Engineer",
  "March 2019 to Present",
  "- Wrote the service that bills customers and kept the warehouse of events",
  "Example Instruments, Software Engineer",
  "June 2015 to February 2019",
  "- Built the gauges that tell a furnace from a fridge",
  "EDUCATION",
  "University of Example, BSc Mathematics",
  "2012 to 2015",
  "SKILLS",
  "TypeScript, PostgreSQL, Kubernetes",
  "LANGUAGES",
  "English (native), German (fluent)",
];

const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: "application/pdf", buffer });

/** As somebody drops a file from a folder. */
async function drop(page: Page, path: string): Promise<void> {
  const box = await page.locator(".drop-zone").boundingBox();
  if (box === null) throw new Error("There is nowhere to drop a file.");
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      x: box.x + box.width / 2,
      y: box.y + 20,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

async function fileOf(name: string, body: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "valet-start-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), body);
  return join(folder, name);
}

const choose = (page: Page, name: string, body: Buffer) =>
  page.locator('input[type="file"]').setInputFiles(pdf(name, body));

test(
  "somebody new gives their résumé, sees where each fact stands, corrects one, says what forms ask besides and keeps an answer",
  async () => {
    const { page, faults, asked, close } = await openConsole(browser, { url: valet.apiUrl });
    const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
    await page.goto("/");
    await signIn(page, valet.apiKey);
    await page.getByRole("link", { name: "Give Valet your résumé" }).click();
    await page.getByText("Drop your résumé here").waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await drop(page, await fileOf("ada-canaria.pdf", resumePdf({ lines })));
    await page.getByText("Read: ").waitFor(patient);
    await tabTo(page, /^Name\s*Ada Canaria/u);
    await page.locator("mark", { hasText: "Ada Canaria" }).waitFor();
    await page.getByRole("button", { name: /^Position\s*Senior Engineer/u }).click();
    expect(await page.locator("mark").allInnerTexts()).toEqual(["Senior Engineer"]);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: /^E-mail/u }).click();
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await takePicture(page, "start", 800);

    await tabTo(page, /^Correct Position: Senior Engineer/u);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Position" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Principal Engineer");
    await page.getByRole("link", { name: "Facts forms ask for" }).click();
    await page.getByRole("link", { name: "Résumé", exact: true }).click();
    const position = page.getByRole("textbox", { name: "Position" });
    await position.waitFor();
    expect(await position.inputValue()).toBe("Principal Engineer");
    await position.press("Enter");
    await page.getByText("You say: Principal Engineer. That counts.").waitFor();
    await page.getByRole("button", { name: /^Keep \d+ new things$/u }).click();
    await page.getByText("All of it is kept.").waitFor();
    expect(await client.getProfile()).toMatchObject({
      basics: { name: "Ada Canaria", email: "ada.canaria@example.com" },
      work: [{ name: "Analytical Engines Ltd", position: "Principal Engineer" }, {}],
    });

    await page.getByRole("link", { name: "Next: facts" }).click();
    await page.getByRole("heading", { name: /things are missing/u }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "facts", 860);
    await tabTo(page, /^Notice period$/u);
    await page.keyboard.press("Enter");
    await page.keyboard.type("3 months");
    await tabTo(page, /^Expected salary/u);
    await page.keyboard.type("a lot");
    await tabTo(page, /^Save: When, where/u);
    await page.keyboard.press("Enter");
    await page.getByText("This is no number that fits.").waitFor();
    await page.getByLabel("Expected salary").and(page.locator(":focus")).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("85,000");
    await page.keyboard.press("Enter");
    await page.getByText("Saved.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add a country" }).click();
    await page.getByLabel("Country", { exact: true }).last().selectOption("DE");
    const permit = page.getByRole("radiogroup", { name: "May you work there?" });
    await permit.getByRole("radio", { name: "Yes" }).check({ force: true });
    await page.getByRole("button", { name: "Save: Where you may work" }).click();
    await page.getByText("Saved.", { exact: true }).nth(1).waitFor();
    expect((await client.getProfile()).application).toMatchObject({
      noticePeriod: "3 months",
      salary: { expected: 85_000 },
      workAuthorization: [{ country: "DE", authorized: true }],
    });
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole("link", { name: "Saved answers" }).click();
    await page.getByRole("button", { name: "Add an answer" }).click();
    await page.keyboard.type("Why do you want to work with us?");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText("long ".repeat(2_000));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Show all 10,000 characters").waitFor();
    await page.getByRole("button", { name: "Change the answer to: Why" }).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Parcels should reach islands.");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator(".answer-words", { hasText: "Parcels should reach islands." }).waitFor();
    await takePicture(page, "answers", 480);
    await page.getByRole("searchbox").fill("islands want");
    await page.getByText("1 answer", { exact: true }).waitFor();
    expect(await client.listAnswers()).toMatchObject([{ answer: "Parcels should reach islands." }]);
    await page.getByRole("button", { name: "Forget the answer to: Why" }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Forget it" }).click();
    await page.getByText("No answer is saved yet.").waitFor();

    expect(faults()).toEqual([]);
    expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
    await close();
  },
  journeyMs,
);

test(
  "what is no résumé is refused in words, a phone shows all of it, and a login that ends leads back",
  async () => {
    const { page, context, faults, close } = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
      colorScheme: "dark",
    });
    await page.goto("/start");
    await signIn(page, valet.apiKey);
    await page.getByRole("heading", { name: "About you" }).waitFor();
    await choose(page, "empty.pdf", Buffer.alloc(0));
    await page.getByText("The file is empty.").waitFor();
    await choose(page, "setup.pdf", Buffer.from("MZ\u0090 This program cannot be run."));
    await page.getByText("neither a PDF nor a Word document").waitFor();
    await choose(page, "huge.pdf", Buffer.alloc(10 * 1024 * 1024 + 1));
    await page.getByText("“huge.pdf” has 10.0 MB").waitFor();
    await choose(page, "scan.pdf", resumePdf({ lines: [""] }));
    await page.getByText("Could not be read").waitFor(patient);
    await page.getByText("This document has pictures of text and no text").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);

    await choose(page, "ada.pdf", resumePdf({ lines }));
    await page.getByText("Read: ").waitFor(patient);
    await page.getByRole("button", { name: /^E-mail/u }).click();
    await page.locator("mark", { hasText: "ada.canaria@example.com" }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await takePicture(page, "start-phone");

    const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
    await client.saveAnswer({ question: "مرحبا؟", answer: "عدا كناريا", scope: "שלום" });
    for (const [part, sign] of [
      ["Facts forms ask for", ".fact-form"],
      ["Saved answers", ".answer"],
    ] as const) {
      await page.getByRole("link", { name: part }).click();
      await page.locator(sign).first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    await context.clearCookies();
    await page.getByRole("button", { name: "Forget the answer" }).click();
    await page.getByRole("button", { name: "Forget it" }).click();
    await page.getByText("Your login has ended").waitFor();
    await signIn(page, valet.apiKey);
    await page.getByText("عدا كناريا").waitFor();
    expect(faults()).toEqual([]);
    await close();
  },
  journeyMs,
);
