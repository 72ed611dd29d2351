import axe from "axe-core";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright";

type Axe = typeof axe;

declare global {
  // Put there before any page is loaded: the content policy lets nothing in later.
  var axe: Axe;
}

export interface ConsoleBrowser {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the content policy refused and what was thrown, on any page so far. */
  readonly faults: () => readonly string[];
  /** Every address that was asked for, on any page so far. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface OpenConsoleInput {
  readonly url: string;
  /** 1280 unless given. */
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/lib/chromium/chromium" });
}

/** A browser window of its own, with nobody signed in. Tests only. */
export async function openConsole(
  browser: Browser,
  { url, width = 1280, colorScheme = "light" }: OpenConsoleInput,
): Promise<ConsoleBrowser> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
  });
  const faults: string[] = [];
  const asked: string[] = [];
  await context.exposeFunction("tellRefused", (text: string) => void faults.push(text));
  await context.addInitScript({ content: axe.source });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const tell: unknown = Reflect.get(globalThis, "tellRefused");
      if (typeof tell === "function") {
        tell(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile} ${event.sample}`);
      }
    });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  return {
    page,
    context,
    faults: () => faults,
    asked: () => asked,
    close: () => context.close(),
  };
}

export async function signIn(page: Page, apiKey: string): Promise<void> {
  await page.getByLabel("Your API key").fill(apiKey);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** What axe finds serious or critical on the page as it is now. */
export async function findBarriers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}
