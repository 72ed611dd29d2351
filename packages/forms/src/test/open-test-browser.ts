import { disabledFeaturesArg } from "@valet/browser";
import { onceAProcess } from "@valet/testkit";
import { type BrowserContextOptions, type Page, chromium } from "playwright";

/** A browser that reaches nothing but this machine. */
export interface TestBrowser {
  /** A page of a context of its own, at this address. */
  readonly open: (address: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Closes the pages that it opened; the browser serves the next test file. */
  readonly close: () => Promise<void>;
}

/** Starting one costs two seconds of a core. */
const browserOfProcess = onceAProcess(() =>
  chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [
      disabledFeaturesArg,
      "--no-sandbox",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  }),
);

export async function openTestBrowser(): Promise<TestBrowser> {
  const browser = await browserOfProcess();
  const opened: Page[] = [];
  return {
    async open(address, options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      opened.push(page);
      await page.goto(address);
      return page;
    },
    async close() {
      await Promise.all(opened.map((page) => page.context().close()));
    },
  };
}
