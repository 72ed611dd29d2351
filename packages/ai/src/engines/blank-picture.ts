import { setTimeout as delay } from "node:timers/promises";
import { type Box, type ShownPage, type ShownWords, readShown } from "@valet/forms";
import type { Page } from "playwright";
import { PNG } from "pngjs";
import { type Secrets, findSecrets } from "./blank-texts.ts";

/** Around each box: rings of focus and shadows. */
const marginPx = 4;
/** Red, green, blue, and not to be seen through. */
const grey = Buffer.from([0x9a, 0x9a, 0x9a, 0xff]);
const pictureLimitMs = 10_000;
const mostTries = 10;

/**
 * What the view shows, as a PNG of one pixel for each CSS pixel, with every control and every secret text painted
 * over. A control is grey whether it holds something or not. It is painted here and not in the page: the page
 * notices nothing. Undefined where the page does not hold still for a picture.
 */
export async function takeBlankPicture(
  page: Page,
  secretsOf: () => Promise<Secrets>,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await look(page, secretsOf, signal);
    signal.throwIfAborted();
    const png = await page.screenshot({
      type: "png",
      scale: "css",
      caret: "initial",
      timeout: pictureLimitMs,
    });
    const after = await look(page, secretsOf, signal);
    // What moved meanwhile may have been anywhere.
    if (before !== undefined && isSame(before, after)) return cover(png, before);
    await delay(100, undefined, { signal });
  }
  return undefined;
}

async function look(
  page: Page,
  secretsOf: () => Promise<Secrets>,
  signal: AbortSignal,
): Promise<Box[] | undefined> {
  const secrets = await secretsOf();
  const shown = await readShown(page, signal);
  return shown.isMoving ? undefined : toCover(shown, secrets);
}

function toCover({ controls, words }: ShownPage, secrets: Secrets): Box[] {
  return [...controls, ...words.flatMap((own) => secretBoxes(own, secrets))];
}

/** Texts of which a secret is a part, also where one goes on in the next. */
function secretBoxes(words: readonly ShownWords[], secrets: Secrets): Box[] {
  const spans = findSecrets(words.map(({ text }) => text).join("\n"), secrets);
  const boxes: Box[] = [];
  let place = 0;
  let next = 0;
  for (const { text, boxes: own } of words) {
    const end = place + text.length;
    while (next < spans.length && (spans[next]?.to ?? 0) <= place) next += 1;
    if ((spans[next]?.from ?? Infinity) < end) boxes.push(...own);
    place = end + 1;
  }
  return boxes;
}

function isSame(one: readonly Box[], other: readonly Box[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function cover(png: Buffer, boxes: readonly Box[]): Buffer {
  const picture = PNG.sync.read(png);
  const { width, height, data } = picture;
  const at = (x: number, y: number) => (y * width + x) * 4;
  for (const box of boxes) {
    const left = clamp(Math.floor(box.x) - marginPx, width);
    const right = clamp(Math.ceil(box.x + box.width) + marginPx, width);
    const top = clamp(Math.floor(box.y) - marginPx, height);
    const bottom = clamp(Math.ceil(box.y + box.height) + marginPx, height);
    for (let y = top; y < bottom; y += 1) data.fill(grey, at(left, y), at(right, y));
  }
  return PNG.sync.write(picture);
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
