import { type BrowserAttachment, loadPlaywright } from "@valet/browser";
import type { TestValet } from "@valet/testkit";

type Page = BrowserAttachment["page"];

/** A point of the display, which shows the browser's window with its bars. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the middle of something in sight on an application's page is. */
export async function placeOf(found: ReturnType<Page["locator"]>): Promise<Place> {
  return found.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const bars = window.outerHeight - window.innerHeight;
    return { x: window.screenX + left + width / 2, y: window.screenY + bars + top + height / 2 };
  });
}

/** The person's own browser, in which they look at the live view. */
export interface OwnBrowser {
  /** The live view of this application, in control of it. */
  takeControl(taskId: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startOwnBrowser(valet: TestValet): Promise<OwnBrowser> {
  const { chromium } = await loadPlaywright();
  const browser = await chromium.launch({ executablePath: "/usr/lib/chromium/chromium" });
  return {
    async takeControl(taskId) {
      const page = await browser.newPage({ viewport: { width: 1400, height: 1200 } });
      await page.goto(`${valet.apiUrl}/tasks/${taskId}/live`);
      await page.getByLabel("Your API key").fill(valet.apiKey);
      await page.getByRole("button", { name: "Open" }).click();
      await page.getByRole("button", { name: "Take control" }).click();
      await page.getByRole("button", { name: "Hand back" }).waitFor();
      return page;
    },
    close: () => browser.close(),
  };
}

/** Clicks through the picture of the display. */
export async function clickOnDisplay(view: Page, { x, y }: Place): Promise<void> {
  const canvas = view.locator("#screen canvas");
  const scale = await canvas.evaluate(
    (shown: HTMLCanvasElement) => shown.getBoundingClientRect().width / shown.width,
  );
  await canvas.click({ position: { x: x * scale, y: y * scale } });
}
