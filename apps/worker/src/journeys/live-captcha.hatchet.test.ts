import { type BrowserAttachment, loadPlaywright } from "@valet/browser";
import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { atThePage, readLetters } from "./person-at-page.fixture.ts";

type Page = BrowserAttachment["page"];
type Browser = BrowserAttachment["browser"];

let valet: TestValet;
let ada: Applicant;
/** The person's own browser. */
let own: Browser;
beforeAll(async () => {
  valet = await startValet();
  const { chromium } = await loadPlaywright();
  own = await chromium.launch({ executablePath: "/usr/lib/chromium/chromium" });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await own?.close();
  await valet?.close();
});

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the captcha's field is on the display, which shows the window with its bars. */
async function placeOfField(page: Page): Promise<Place> {
  const field = page.getByLabel("Type the letters");
  await field.scrollIntoViewIfNeeded();
  return field.evaluate((input) => {
    const { left, top, width, height } = input.getBoundingClientRect();
    const bars = window.outerHeight - window.innerHeight;
    return { x: window.screenX + left + width / 2, y: window.screenY + bars + top + height / 2 };
  });
}

async function openLiveView(taskId: string): Promise<Page> {
  const page = await own.newPage({ viewport: { width: 1400, height: 1200 } });
  await page.goto(`${valet.apiUrl}/tasks/${taskId}/live`);
  await page.getByLabel("Your API key").fill(valet.apiKey);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("button", { name: "Take control" }).click();
  await page.getByRole("button", { name: "Hand back" }).waitFor();
  return page;
}

async function clickOnDisplay(page: Page, { x, y }: Place): Promise<void> {
  const canvas = page.locator("#screen canvas");
  const scale = await canvas.evaluate(
    (shown: HTMLCanvasElement) => shown.getBoundingClientRect().width / shown.width,
  );
  await canvas.click({ position: { x: x * scale, y: y * scale } });
}

test("a captcha is solved through the live view, and handing back is all that has to be said", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-captcha-21");
  const asked = await ada.untilState(id, "awaiting_human");
  expect(asked.humanStep).toMatchObject({ kind: "captcha" });
  // What a person sees, the test looks up: the letters in the picture and where the field is.
  let letters = "";
  let place: Place = { x: 0, y: 0 };
  await atThePage(valet, asked, async (page) => {
    letters = await readLetters(page);
    place = await placeOfField(page);
  });
  const view = await openLiveView(id);
  await clickOnDisplay(view, place);
  await view.keyboard.type(letters, { delay: 30 });
  await view.getByRole("button", { name: "Hand back" }).click();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-captcha-21")).toHaveLength(1);
  await view.close();
});
