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

/** In every place of a résumé that is shown by itself, what runs where it is taken for markup, code or an address. */
const hostileLines = [
  "Ada Canaria",
  "ada.canaria@example.com   +1 303 555 0142   Denver, USA",
  "javascript:globalThis.valetCanary=2//linkedin.com/in/ada",
  "EXPERIENCE",
  `Analytical ${markup} Ltd, Senior Engineer`,
  "March 2019 to Present",
  `- Wrote {{7*7}} and \${globalThis.valetCanary=3} for ${markup}`,
  "Example Instruments, Software Engineer <svg onload=globalThis.valetCanary=4>",
  "June 2015 to February 2019",
  "- Built <a href=javascript:globalThis.valetCanary=5>gauges</a> for a furnace",
  "EDUCATION",
  `University of ${markup}, BSc Mathematics`,
  "2012 to 2015",
  "SKILLS",
  `TypeScript, ${markup}, "><script>globalThis.valetCanary=6</script>`,
];

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

test(
  "what is hostile in a résumé's text is shown, marked, kept, corrected and answered with as the words it is",
  async () => {
    const { page, faults, asked, close } = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
    });
    const isHarmless = async () => ({
      barriers: await findBarriers(page),
      overflow: await overflow(page),
      ran: await canary(page),
      code: await page.locator('a[href^="javascript" i]').count(),
      made: await page.locator("main img, main svg, main script").count(),
    });
    const harmless = { barriers: [], overflow: 0, ran: undefined, code: 0, made: 0 };
    await ada.client.putProfile({});
    await page.goto("/start");
    await signIn(page, valet.apiKey);
    await page.locator('input[type="file"]').setInputFiles({
      name: "hostile.pdf",
      mimeType: "application/pdf",
      buffer: resumePdf({ lines: hostileLines }),
    });
    await page.locator(".stages", { hasText: "hostile.pdf" }).getByText("Read: ").waitFor(patient);
    await page.locator(".document-line").filter({ hasText: "Example Instruments" }).waitFor();
    const facts = page.locator(".read-fact-show");
    const values = await page.locator(".read-fact-value").allInnerTexts();
    expect(values.filter((value) => value.includes(markup)).length).toBe(4);
    expect(values.join(" ")).toContain("<svg onload=globalThis.valetCanary=4>");
    for (const at of values.keys()) {
      await facts.nth(at).click();
      await page.locator("mark").first().waitFor();
    }
    await facts.filter({ hasText: "University of" }).click();
    await page.locator("mark", { hasText: markup }).waitFor();
    expect(await isHarmless()).toEqual(harmless);

    await page.getByRole("button", { name: "Correct Name: Ada Canaria" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill(markup);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(`You say: ${markup}. That counts.`).waitFor();
    await page.getByRole("button", { name: /^Keep \d+ new things$/u }).click();
    await page.getByText("All of it is kept.").waitFor();
    expect(await isHarmless()).toEqual(harmless);
    const { basics, education } = await ada.client.getProfile();
    expect(basics?.name).toBe(markup);
    expect(education?.[0]?.institution).toBe(`University of ${markup}`);
    expect(JSON.stringify(basics?.profiles ?? [])).not.toContain("javascript:");

    await page.getByRole("link", { name: "Next: facts" }).click();
    await page.getByText(`Your résumé says: ${markup}.`).waitFor();
    await page.getByLabel("First name").fill(markup);
    await page.getByLabel("LinkedIn").fill("javascript:globalThis.valetCanary=7");
    await page.getByRole("button", { name: "Save: Who you are" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    expect(await isHarmless()).toEqual(harmless);

    await page.getByRole("link", { name: "Saved answers" }).click();
    await page.getByRole("button", { name: "Add an answer" }).click();
    await page.getByRole("textbox", { name: "Question" }).fill(markup);
    await page.getByRole("textbox", { name: "Answer" }).fill(hostileLines.join("\n"));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(`Saved: ${markup}`).waitFor();
    expect(await isHarmless()).toEqual(harmless);
    expect(faults()).toEqual([]);
    expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
    await close();
  },
  journeyMs,
);
