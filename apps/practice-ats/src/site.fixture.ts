import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type Browser, type BrowserContext, type Page } from "playwright";
import { test as base } from "vitest";

import { createPracticeAts } from "./app.ts";
import type { LedgerEntry } from "./ledger.ts";

export interface Site {
  readonly url: string;
  readonly ledgerPath: string;
  /** The lines on the disk at this moment, of one job or of all. */
  lines(job?: string): LedgerEntry[];
  /** The submits that were stored for one job. */
  submits(job: string): LedgerEntry[];
}

interface WorkerFixtures {
  browser: Browser;
}

interface FileFixtures {
  site: Site;
}

interface TestFixtures {
  page: Page;
  /** A page in a browser that runs no scripts. */
  scriptlessPage: Page;
}

/** `test` with the practice sites on a free port, started once in a file, and Chromium, once in a process. */
export const test = base.extend<{
  $worker: WorkerFixtures;
  $file: FileFixtures;
  $test: TestFixtures;
}>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "practice-ats-"));
      const ledgerPath = join(folder, "ledger.jsonl");
      const practiceAts = await createPracticeAts({ ledgerPath });
      await practiceAts.listen({ port: 0 });
      const lines = (job?: string) => readLedger(ledgerPath, job);
      await use({
        url: practiceAts.url,
        ledgerPath,
        lines,
        submits: (job) => lines(job).filter((line) => line.kind === "application" && line.stored),
      });
      await practiceAts.close();
      await rm(folder, { recursive: true });
    },
    { scope: "file" },
  ],
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: "/usr/lib/chromium/chromium",
        args: [
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
          ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        ],
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  page: async ({ browser }, use) => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    await usePage(context, use);
  },
  scriptlessPage: async ({ browser }, use) => {
    await usePage(await browser.newContext({ javaScriptEnabled: false }), use);
  },
});

export const resumeFile = {
  name: "ada-example.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n% a small stand-in for a résumé\n%%EOF\n"),
};

export function readLedger(path: string, job?: string): LedgerEntry[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): LedgerEntry => JSON.parse(line))
    .filter((line) => job === undefined || line.job === job);
}

async function usePage(context: BrowserContext, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await use(page);
  await context.close();
}
