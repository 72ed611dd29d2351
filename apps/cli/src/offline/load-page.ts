import { setTimeout as delay } from "node:timers/promises";
import type { BrowserAttachment } from "@valet/browser";
import { ValetError } from "@valet/contracts";

type Page = BrowserAttachment["page"];

const commitLimitMs = 20_000;
const lookMs = 1_000;
const patienceMs = 4_000;
const loadLimitMs = 2_000;

/** Longest time until a page that keeps arriving has arrived. */
export const arrivalLimitMs = 20_000;

/**
 * Opens an address and waits until its document is there. One that has stopped arriving is taken as it
 * stands; one that still grows when the time is up is refused: half a page would pass for a whole one.
 *
 * @throws ValetError `PAGE_UNREACHABLE` when nothing comes, `TIMEOUT` when the page is too large.
 */
export async function loadPage(
  page: Page,
  address: string,
  limitMs = arrivalLimitMs,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  try {
    await page.goto(address, { waitUntil: "commit", timeout: commitLimitMs });
  } catch (cause) {
    throw new ValetError(
      "PAGE_UNREACHABLE",
      `The page could not be opened${reasonOf(cause)}. Check the address, and that --offline is not set for a page on the network.`,
      {},
      { cause },
    );
  }
  if (await isStillArriving(page, deadline)) {
    throw new ValetError(
      "TIMEOUT",
      "The page is so large that it had not arrived completely in time, so nothing was read: half of it would pass for all of it. Save the part with the form and read that file.",
      { limitMs },
    );
  }
  await page.waitForLoadState("load", { timeout: loadLimitMs }).catch(() => undefined);
}

async function isStillArriving(page: Page, deadline: number): Promise<boolean> {
  let size = -1;
  let grewAt = performance.now();
  for (;;) {
    const hasArrived = await page.waitForLoadState("domcontentloaded", { timeout: lookMs }).then(
      () => true,
      () => false,
    );
    if (hasArrived) return false;
    const now = await Promise.race([sizeOf(page), delay(lookMs, undefined, { ref: false })]);
    if (now !== undefined && now !== size) {
      size = now;
      grewAt = performance.now();
    }
    if (performance.now() - grewAt > patienceMs) return false;
    if (performance.now() > deadline) return true;
  }
}

/** Grows with every part of a document that comes, elements or mere text. */
async function sizeOf(page: Page): Promise<number | undefined> {
  try {
    return await page.evaluate(
      () =>
        document.getElementsByTagName("*").length +
        (document.documentElement.textContent ?? "").length,
    );
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error ? /ERR_[A-Z_]+/u.exec(cause.message)?.[0] : undefined;
  return code === undefined ? "" : ` (${code})`;
}
