import { ValetError } from "@valet/contracts";
import { type Browser, type CDPSession, type Page, chromium } from "playwright";

/** The console's list of applications in a real browser, with somebody signed in. */
export interface WatchedBoard {
  /** What the board takes over the wire when it is opened without anything kept from before, in bytes. */
  readonly firstLoadBytes: number;
  /** Scrolls down until so many applications are in the list. */
  readonly loadAll: (count: number) => Promise<void>;
  /** From an input to what is painted of it, in milliseconds, as the browser measures it; one for each input. */
  readonly interact: (times: number) => Promise<number[]>;
  /** Processor seconds of the page's process so far. */
  readonly cpuSeconds: () => Promise<number>;
  /** Waits until this application stands in the list. */
  readonly untilShown: (taskId: string, limitMs: number) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface WatchBoardInput {
  readonly url: string;
  readonly apiKey: string;
  readonly executablePath: string;
}

const limitMs = 120_000;
/** The browser tells of no input that took less. */
const finestMs = 16;

export async function watchBoard(input: WatchBoardInput): Promise<WatchedBoard> {
  const browser = await chromium.launch({ executablePath: input.executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(input.url);
    await page.getByLabel("Your API key").fill(input.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator(".row").first().waitFor();
    const session = await page.context().newCDPSession(page);
    const firstLoadBytes = await measureLoad(page, session);
    return {
      firstLoadBytes,
      loadAll: (count) => loadAll(page, count),
      interact: (times) => interact(page, times),
      cpuSeconds: () => cpuSecondsOf(browser),
      untilShown: (taskId, patienceMs) => isShown(page, taskId, patienceMs),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function measureLoad(page: Page, session: CDPSession): Promise<number> {
  const files = new Set<string>();
  let bytes = 0;
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Document" || type === "Script" || type === "Stylesheet" || type === "Image") {
      files.add(requestId);
    }
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) bytes += encodedDataLength;
  });
  await page.reload({ waitUntil: "networkidle" });
  await page.locator(".row").first().waitFor();
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  return bytes;
}

async function loadAll(page: Page, count: number): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const last = await page.evaluate(() => {
      globalThis.scrollTo(0, document.documentElement.scrollHeight);
      const places = [...document.querySelectorAll<HTMLElement>(".board-item")];
      return Math.max(...places.map((place) => Number(place.dataset["index"])));
    });
    // A heading stands above them.
    if (last >= count) return;
    if (performance.now() - startedAt > limitMs) {
      throw new ValetError("TIMEOUT", `The list came no further than its row ${last} of ${count}.`);
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Picks applications and moves from one to the next by keyboard, at places all over the list. */
async function interact(page: Page, times: number): Promise<number[]> {
  await page.evaluate(() => {
    const longest = new Map<number, number>();
    Reflect.set(globalThis, "interactions", longest);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const id: unknown = Reflect.get(entry, "interactionId");
        if (typeof id !== "number" || id === 0) continue;
        longest.set(id, Math.max(longest.get(id) ?? 0, entry.duration));
      }
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (let n = 0; n < times; n += 1) {
    await page.evaluate((share) => {
      globalThis.scrollTo(0, document.documentElement.scrollHeight * share);
    }, n / times);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const box = await page.locator(".row-pick").nth(8).boundingBox();
    if (box === null) throw new ValetError("INTERNAL", "The list shows no row to click on.");
    if (n % 2 === 0) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    else {
      await page.locator(".row-link").nth(8).focus();
      await page.keyboard.press("ArrowDown");
    }
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }
  // While somebody is in the list no row of it moves: from here on it follows what happens.
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    globalThis.scrollTo(0, 0);
  });
  const seen = await page.evaluate(() => {
    const longest: unknown = Reflect.get(globalThis, "interactions");
    return longest instanceof Map ? [...longest.values()].map(Number) : [];
  });
  const unseen = Array.from({ length: Math.max(0, times - seen.length) }, () => finestMs);
  return [...seen, ...unseen];
}

async function cpuSecondsOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

function isShown(page: Page, taskId: string, patienceMs: number): Promise<boolean> {
  return page
    .locator(`a[href="/applications/${taskId}"]`)
    .waitFor({ timeout: patienceMs })
    .then(
      () => true,
      () => false,
    );
}
