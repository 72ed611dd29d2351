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
import { clickOnDisplay, isDrawn, seeCaptcha } from "./display.fixture.ts";
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
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

test(
  "a captcha is solved in the live browser while others look on and the API is started again, and the application goes on to its review",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-captcha-61");
    const mine = await openConsole(browser, { url: valet.apiUrl });
    const theirs = await openConsole(browser, {
      url: valet.apiUrl,
      width: 360,
      colorScheme: "dark",
    });
    const { page } = mine;
    await ada.untilState(id, "awaiting_human");
    const { letters, field } = await seeCaptcha(valet, id);

    await page.goto(`/applications/${id}`);
    await signIn(page, valet.apiKey);
    await page.getByRole("heading", { name: "A captcha only you can solve" }).waitFor(patient);
    await page.getByText("You are looking on. Valet waits for you").waitFor(patient);
    await until("the display is drawn", () => isDrawn(page));
    await page.getByRole("button", { name: "Take control" }).click();
    await page.getByText("You are in control.").waitFor(patient);
    expect(await findBarriers(page)).toEqual([]);
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await takePicture(page, "live", 740);

    await theirs.page.goto("/live");
    await signIn(theirs.page, valet.apiKey);
    await until("the small picture is drawn", () => isDrawn(theirs.page));
    expect(await overflow(theirs.page)).toBe(0);
    expect(await findBarriers(theirs.page)).toEqual([]);
    await theirs.page.locator(".live-card a").click();
    await theirs.page.getByText("Another window has control of this browser").waitFor(patient);
    expect(await overflow(theirs.page)).toBe(0);
    expect(await findBarriers(theirs.page)).toEqual([]);

    await valet.kill("api");
    await page.getByText("The connection broke.").waitFor(patient);
    await valet.start("api");
    await page.getByText("You are in control.").waitFor(patient);
    await until("the display is drawn again", () => isDrawn(page));

    await clickOnDisplay(page, field);
    await page.keyboard.type(letters, { delay: 30 });
    await page.keyboard.press("F6");
    await page.getByRole("button", { name: "Hand back" }).and(page.locator(":focus")).waitFor();
    await page.getByRole("button", { name: "It is solved" }).click();
    await page.getByRole("heading", { name: "Look at what will be sent" }).waitFor(patient);
    await theirs.page.getByText("Look at what will be sent").waitFor(patient);
    expect(await ada.client.getTask(id)).toMatchObject({
      state: "awaiting_review",
      humanStep: { kind: "review" },
    });
    await ada.client.cancelTask(id);
    await theirs.page.getByText("This application has ended").waitFor(patient);
    for (const one of [mine, theirs]) {
      expect(one.faults()).toEqual([]);
      expect(one.asked().filter((url) => new URL(url).host !== new URL(valet.apiUrl).host)).toEqual(
        [],
      );
      await one.close();
    }
  },
  journeyMs,
);
