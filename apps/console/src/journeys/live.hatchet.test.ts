import { type TestValet, startValet, until } from "@valet/testkit";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleApplicant, createConsoleApplicant } from "./applicant.fixture.ts";
import {
  type ConsoleBrowser,
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";
import { clickOnDisplay, countDrawn, seeCaptcha, seeSubmit } from "./display.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 60_000 };
/** Of a whole journey on a machine that is busy with other tests. */
const journeyMs = 180_000;
const reviewed = "engineer-question-optional-62";
let valet: TestValet;
let browser: Browser;
let ada: ConsoleApplicant;
/** Both are under way while the first is looked at. */
let atCaptcha: string;
let atReview: string;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet(), launchChromium()]);
  ada = await createConsoleApplicant(valet);
  ({ id: atCaptcha } = await ada.apply("plain/jobs/engineer-captcha-61"));
  ({ id: atReview } = await ada.apply(`greenhouse/acme/jobs/${reviewed}`));
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

function openWindows() {
  const url = valet.apiUrl;
  return Promise.all([
    openConsole(browser, { url }),
    openConsole(browser, { url, width: 360, colorScheme: "dark" }),
  ]);
}

async function closeWindows(windows: readonly ConsoleBrowser[]): Promise<void> {
  const { host } = new URL(valet.apiUrl);
  for (const one of windows) {
    expect(one.faults()).toEqual([]);
    expect(one.asked().filter((url) => new URL(url).host !== host)).toEqual([]);
    await one.close();
  }
}

/** What an admin sees of all this. */
async function seeOperations(page: Page): Promise<void> {
  await page.goto("/operations");
  const worker = page.getByRole("list", { name: "Workers" }).getByRole("listitem");
  await worker
    .getByText(/^[1-9]\d* of \d+$/u)
    .first()
    .waitFor(patient);
  const sessions = page.getByRole("list", { name: "Sessions" });
  for (const id of [atCaptcha, atReview]) {
    const session = sessions.getByRole("listitem").filter({ hasText: id });
    await session.getByText(/^[1-9]\d* MB$/u).waitFor(patient);
  }
  expect(await overflow(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await takePicture(page, "operations", 900);
}

async function takeControl(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Take control" }).click();
  await page.getByText("You are in control.").waitFor(patient);
}

test(
  "of two live browsers one waits at a captcha: it is solved there while others look on and the API is started again, and the application goes on to its review",
  async () => {
    const [mine, theirs] = await openWindows();
    const { page } = mine;
    await ada.untilState(atCaptcha, "awaiting_human");
    await page.goto("/live");
    await signIn(page, valet.apiKey);
    await until("two live browsers are drawn", async () => (await countDrawn(page)) === 2);
    expect(await findBarriers(page)).toEqual([]);
    await page.mouse.move(0, 0);
    await takePicture(page, "live-grid", 460);
    await seeOperations(page);
    const { letters, field } = await seeCaptcha(valet, atCaptcha);
    await page.goto(`/applications/${atCaptcha}`);
    await page.getByRole("heading", { name: "A captcha only you can solve" }).waitFor(patient);
    await page.getByText("You are looking on. Valet waits for you").waitFor(patient);
    await until("the display is drawn", async () => (await countDrawn(page)) === 1);
    await takeControl(page);
    expect(await findBarriers(page)).toEqual([]);
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await takePicture(page, "live", 740);

    await theirs.page.goto("/live");
    await signIn(theirs.page, valet.apiKey);
    await until("a small picture is drawn", async () => (await countDrawn(theirs.page)) > 0);
    expect(await overflow(theirs.page)).toBe(0);
    expect(await findBarriers(theirs.page)).toEqual([]);
    await theirs.page.locator(`.live-card a[href*="${atCaptcha}"]`).click();
    await theirs.page.getByText("Another window of yours has had control").waitFor(patient);
    expect(await overflow(theirs.page)).toBe(0);
    expect(await findBarriers(theirs.page)).toEqual([]);

    await valet.kill("api");
    await page.getByText("The connection broke.").waitFor(patient);
    await valet.start("api");
    await page.getByText("You are in control.").waitFor(patient);
    await until("the display is drawn again", async () => (await countDrawn(page)) === 1);

    await clickOnDisplay(page, field);
    await page.keyboard.type(letters, { delay: 30 });
    await page.keyboard.press("F6");
    await page.getByRole("button", { name: "Hand back" }).and(page.locator(":focus")).waitFor();
    await page.getByRole("button", { name: "It is solved" }).click();
    await page.getByRole("heading", { name: "Look at what will be sent" }).waitFor(patient);
    await theirs.page.getByText("Look at what will be sent").waitFor(patient);
    expect(await ada.client.getTask(atCaptcha)).toMatchObject({
      state: "awaiting_review",
      humanStep: { kind: "review" },
    });
    await ada.client.cancelTask(atCaptcha);
    await theirs.page.getByText("This application has ended").waitFor(patient);
    await closeWindows([mine, theirs]);
  },
  journeyMs,
);

test(
  "who looks on learns at once who has control, and what its person types and presses is shown before it is sent",
  async () => {
    const [mine, theirs] = await openWindows();
    const { page } = mine;
    await ada.untilReview(atReview);
    const { submit, field } = await seeSubmit(valet, atReview, /referral programme/iu);
    for (const one of [page, theirs.page]) {
      await one.goto(`/applications/${atReview}/live`);
      await signIn(one, valet.apiKey);
      await one.getByRole("button", { name: "Take control" }).waitFor(patient);
    }
    const ticketsOfTheirs = () => theirs.asked().filter((url) => url.endsWith("/takeover")).length;
    const before = ticketsOfTheirs();
    const theirTake = theirs.page.getByRole("button", { name: "Take control" });
    await takeControl(page);
    await theirs.page.getByText("Another window of yours has had control").waitFor(patient);
    expect(await theirTake.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Hand back" }).click();
    await theirTake.waitFor(patient);
    await takeControl(page);
    await theirTake.waitFor({ state: "hidden" });
    expect(ticketsOfTheirs()).toBe(before);

    await until("the display is drawn", async () => (await countDrawn(page)) === 1);
    await clickOnDisplay(page, field);
    await page.keyboard.press("Control+KeyA");
    const box = page.getByLabel("Type or paste here");
    await box.fill("Zoë Łódźka, Ελλάδα, 日本");
    await page.getByRole("button", { name: "Type it" }).click();
    await until("the text was taken", async () => (await box.inputValue()) === "");
    await clickOnDisplay(page, submit);
    const pressed = page.getByRole("region", { name: "What would be sent" });
    await pressed.getByText("Zoë Łódźka, Ελλάδα, 日本").waitFor(patient);
    await pressed.getByRole("timer").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await valet.submits(reviewed)).toHaveLength(0);
    await clickOnDisplay(page, submit);
    await page.getByText("This application has ended").waitFor(patient);
    expect(await ada.client.getTask(atReview)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits(reviewed)).toHaveLength(1);
    await closeWindows([mine, theirs]);
  },
  journeyMs,
);
