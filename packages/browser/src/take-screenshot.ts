import type { Page } from "playwright";
import { raceWithSignal } from "./race-with-signal.ts";

export interface Screenshot {
  readonly bytes: Buffer;
  readonly contentType: "image/jpeg";
}

/** In CSS pixels; the end of a longer page is left out. */
const maxHeightPx = 8_000;
const screenshotLimitMs = 15_000;

/** A picture of the whole page, however far it is scrolled, as a JPEG of bounded height. */
export async function takeScreenshot(page: Page, signal: AbortSignal): Promise<Screenshot> {
  const size = await raceWithSignal(page.evaluate(measureDocument), signal);
  const picture = page.screenshot({
    type: "jpeg",
    quality: 80,
    fullPage: true,
    clip: { x: 0, y: 0, width: size.width, height: Math.min(size.height, maxHeightPx) },
    timeout: screenshotLimitMs,
  });
  return { bytes: await raceWithSignal(picture, signal), contentType: "image/jpeg" };
}

/** Runs in the page. */
function measureDocument(): { width: number; height: number } {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
  return {
    width: Math.max(scrollWidth, clientWidth, 1),
    height: Math.max(scrollHeight, clientHeight, 1),
  };
}
