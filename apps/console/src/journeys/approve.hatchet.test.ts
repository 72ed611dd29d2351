import type { Task, TaskDetail } from "@valet/contracts";
import { type TestValet, startValet, until } from "@valet/testkit";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleApplicant, createConsoleApplicant } from "./applicant.fixture.ts";
import { closeWindow } from "./close-window.fixture.ts";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";
import { tabTo } from "./keyboard.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 100_000 };
/** Of a whole journey on a machine that is busy with other tests. */
const journeyMs = 240_000;
let valet: TestValet;
let browser: Browser;
let ada: ConsoleApplicant;
/** One that asks a question, and one of which nobody knows whether it arrived. */
let asked: Task;
let unproved: Task;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
  ada = await createConsoleApplicant(valet);
  asked = await ada.apply("plain/jobs/engineer-unknown-question-40", { mode: "autopilot" });
  unproved = await ada.apply("plain/jobs/engineer-soft-error-41", { mode: "autopilot" });
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

/** Two that a person corrects: one by typing, one by choosing. */
function twoFields({ fields }: TaskDetail) {
  const typed = fields.find(({ meaning }) => meaning === "phone");
  const chosen = fields.find(
    ({ kind, options = [] }) => kind === "checkbox-group" && options.length > 2,
  );
  if (typed === undefined || chosen === undefined) throw new Error("The form is another one.");
  return { typed, chosen };
}

/** What begins so. */
const named = (text: string) =>
  new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")}`, "u");

test(
  "an application is followed, corrected in two fields and approved by keyboard alone, while the API is started again and somebody else looks on",
  async () => {
    const posting = await ada.postingOf("greenhouse", 2);
    const mine = await openConsole(browser, { url: valet.apiUrl });
    const theirs = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
      colorScheme: "dark",
    });
    const { page } = mine;
    await page.goto("/");
    await page.getByLabel("Your API key").waitFor();
    await page.keyboard.type(valet.apiKey);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Applications" }).waitFor();

    const { id } = await ada.apply(posting);
    await page.getByRole("heading", { name: "Needs you" }).waitFor(patient);
    const review = await ada.untilReview(id);
    const row = page.locator(".row", { has: page.locator(`a[href="/applications/${id}"]`) });
    await row.getByText("awaiting review").waitFor();
    await ada.untilState(asked.id, "awaiting_human");
    await ada.untilState(unproved.id, "failed");
    await page.getByText("say what became of it").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "board", 380);

    const title = await row.locator(".row-link").innerText();
    await tabTo(page, named(title));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Look at what will be sent" }).waitFor();
    await theirs.page.goto(`/applications/${id}`);
    await signIn(theirs.page, valet.apiKey);
    await theirs.page.getByRole("heading", { name: "Look at what will be sent" }).waitFor();
    expect(await overflow(theirs.page)).toBe(0);
    expect(await findBarriers(theirs.page)).toEqual([]);
    await takePicture(theirs.page, "phone");

    const { typed, chosen } = twoFields(review);
    await theirs.page.getByRole("button", { name: `Change ${typed.label}` }).click();
    await theirs.page.getByRole("textbox", { name: typed.label }).fill("2025550100");
    await tabTo(page, named(`Change ${typed.label}`));
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: typed.label }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2025550199");
    await tabTo(page, named(`Change ${chosen.label}`));
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox").and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByText("You have changed 2 fields:").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "review", 900);

    await valet.kill("api");
    await page.getByText("No connection to Valet.").waitFor();
    await valet.start("api");
    await page.getByText("No connection to Valet.").waitFor({ state: "hidden", ...patient });

    await tabTo(page, named("Approve and send to"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Confirmed: it arrived" }).waitFor(patient);
    await theirs.page.getByRole("heading", { name: "Confirmed: it arrived" }).waitFor(patient);
    const { lastSeq, ...ended } = await ada.client.getTask(id);
    expect(ended).toMatchObject({ state: "completed", outcome: "confirmed" });
    await page.getByText("Event log").click();
    const numbers = page.locator(".event > :first-child");
    await until("every event is shown", async () => (await numbers.count()) === lastSeq);
    expect(await numbers.allInnerTexts()).toEqual(
      Array.from({ length: lastSeq }, (_, at) => String(lastSeq - at)),
    );
    expect(await findBarriers(page)).toEqual([]);
    await page.getByText("Event log").click();
    await page.locator(`.step[data-mark="done"]`).last().getByText("verify").waitFor();
    const marks = page.locator(".step");
    expect(await marks.evaluateAll((steps) => steps.map(({ dataset }) => dataset["mark"]))).toEqual(
      ["done", "done", "done", "skipped", "done", "done", "done"],
    );
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await takePicture(page, "outcome");
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Open the receipt" }).click();
    await (await opened).getByText("The site confirmed that your application arrived.").waitFor();

    const corrected = ended.fields.filter(({ id: field }) => [typed.id, chosen.id].includes(field));
    expect(corrected.map(({ source }) => source)).toEqual(["person", "person"]);
    expect(corrected.map(({ value }) => value)).not.toContainEqual(chosen.value);
    const sent = JSON.stringify(
      (await valet.submits()).filter(({ site }) => site === "greenhouse"),
    );
    expect(JSON.parse(sent)).toHaveLength(1);
    expect(sent).toContain("2025550199");
    // What could be sent no more is not asked for.
    expect(await closeWindow(theirs.page)).toEqual([]);
    for (const one of [mine, theirs]) {
      expect(one.faults()).toEqual([]);
      expect(one.asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
      await one.close();
    }
  },
  journeyMs,
);

test(
  "a question is answered once and remembered, and what nobody can prove is settled by the person's word",
  async () => {
    const { page, faults, close } = await openConsole(browser, { url: valet.apiUrl });
    await page.goto(`/applications/${asked.id}`);
    await signIn(page, valet.apiKey);
    await page.getByRole("heading", { name: "Questions only you can answer" }).waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "question");
    const { humanStep } = await ada.client.getTask(asked.id);
    const [question] = humanStep?.questions ?? [];
    if (question === undefined) throw new Error("Nothing is asked.");
    const answer = question.options[0];
    if (answer === undefined) await page.getByLabel(question.question).fill("Through a friend");
    else await page.getByRole("radio", { name: answer }).check({ force: true });
    await page.getByRole("link", { name: "All applications" }).click();
    await page.goBack();
    await page.getByRole("heading", { name: "Questions only you can answer" }).waitFor();
    const kept =
      answer === undefined
        ? page
            .getByRole("textbox", { name: question.question })
            .and(page.locator(":not(:placeholder-shown)"))
        : page.getByRole("radio", { name: answer, checked: true });
    await kept.waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Send my answer" }).click();
    await page.getByRole("heading", { name: "Confirmed: it arrived" }).waitFor(patient);
    const answers = await ada.client.listAnswers();
    expect(answers.map((kept) => kept.question)).toContain(question.question);

    await page.goto(`/applications/${unproved.id}`);
    await page.getByRole("heading", { name: "Nobody knows whether it arrived" }).waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "unconfirmed");
    await page.getByRole("button", { name: "Send it once more" }).click();
    await page.getByRole("dialog").getByRole("checkbox").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "It arrived" }).click();
    await page.getByRole("button", { name: "Keep it as confirmed" }).click();
    await page.getByRole("heading", { name: "Confirmed: it arrived" }).waitFor();
    expect(await ada.client.getTask(unproved.id)).toMatchObject({
      outcome: "confirmed",
      reason: "STATED_BY_PERSON",
    });
    expect(await valet.submits("engineer-soft-error-41")).toHaveLength(1);
    expect(faults()).toEqual([]);
    await close();
  },
  journeyMs,
);
