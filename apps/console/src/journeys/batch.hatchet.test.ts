import { type TestValet, startValet, until } from "@valet/testkit";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleApplicant, createConsoleApplicant } from "./applicant.fixture.ts";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 60_000 };
/** Of a whole journey on a machine that is busy with other tests. */
const journeyMs = 180_000;
let valet: TestValet;
let browser: Browser;
let ada: ConsoleApplicant;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
  ada = await createConsoleApplicant(valet);
  // Then forms ask what somebody answers in their own words, too.
  for (const { question } of await ada.client.listAnswers())
    await ada.client.deleteAnswer({ question });
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

/** What the two forms below ask besides; the first two of them both ask. */
const answers = {
  "Why do you want to work with us?": "Parcels should reach islands",
  GitHub: "https://github.com/ada-example",
  "Which of these languages do you use?": ["TypeScript"],
};

test(
  "what the forms of a batch ask is asked once before anything starts, goes into every form, and each line says what became of it",
  async () => {
    const [one, other] = await Promise.all([
      ada.postingOf("greenhouse", 1),
      ada.postingOf("greenhouse", 2),
    ]);
    const mine = await openConsole(browser, { url: valet.apiUrl });
    const phone = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
      colorScheme: "dark",
    });
    const { page } = mine;
    await page.goto("/new");
    await signIn(page, valet.apiKey);
    await page
      .getByLabel("Addresses of jobs")
      .fill(
        [one, other, `${one}?utm_source=mail`, "https://www.linkedin.com/jobs/view/1"].join("\n"),
      );
    await page.getByRole("button", { name: "Start 4 applications" }).click();
    await page.getByRole("heading", { name: "Asked once for all of these jobs" }).waitFor(patient);
    const batchId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const { questions } = await ada.client.getBatch(batchId);
    expect(new Map(questions.map(({ question, lines }) => [question, lines]))).toEqual(
      new Map([
        ["Why do you want to work with us?", [1, 2]],
        ["GitHub", [1, 2]],
        ["Which of these languages do you use?", [2]],
      ]),
    );
    await page.getByText("the same job as in line 1").waitFor();
    await page.getByText("this site forbids programs to apply").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "batch-asks", 800);
    await phone.page.goto(page.url());
    await signIn(phone.page, valet.apiKey);
    await phone.page.getByRole("button", { name: "Start without answers" }).waitFor();
    expect(await findBarriers(phone.page)).toEqual([]);
    expect(await overflow(phone.page)).toBe(0);

    for (const [question, answer] of Object.entries(answers)) {
      if (typeof answer === "string") await page.getByLabel(question, { exact: true }).fill(answer);
      else await page.getByRole("checkbox", { name: answer.join() }).check({ force: true });
    }
    // What was typed is still there after a look at another page.
    await page.getByRole("link", { name: "Live" }).click();
    await page.getByRole("heading", { name: "Live browsers" }).waitFor();
    await page.goBack();
    expect((await ada.client.listTasks({})).tasks).toEqual([]);
    await page.getByRole("button", { name: "Start with these answers" }).click();
    await page.getByText("2 need you").waitFor(patient);
    await phone.page.getByText("2 need you").waitFor(patient);
    const { jobs } = await ada.client.getBatch(batchId);
    for (const [at, asked] of [Object.keys(answers).slice(0, 2), Object.keys(answers)].entries()) {
      const { fields } = await ada.client.getTask(jobs[at]?.task?.id ?? "");
      const held = fields.flatMap(({ label, value }) =>
        Object.hasOwn(answers, label) ? [[label, value]] : [],
      );
      expect(Object.fromEntries(held)).toEqual(
        Object.fromEntries(
          Object.entries(answers).filter(([question]) => asked.includes(question)),
        ),
      );
    }
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole("button", { name: "Cancel the batch" }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the batch" }).click();
    await until("both are shown as cancelled", async () => {
      const words = await page.locator(".batch-job .badge").allInnerTexts();
      return words.length === 2 && words.every((text) => text.startsWith("cancelled"));
    });
    expect(await valet.submits()).toEqual([]);
    for (const { faults, close } of [mine, phone]) {
      expect(faults()).toEqual([]);
      await close();
    }
  },
  journeyMs,
);
