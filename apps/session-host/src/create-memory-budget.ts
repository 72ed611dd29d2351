import { type MeasuredBrowser, measureBrowsers } from "@valet/browser";

export interface MemoryBudgetInput {
  /** All browsers together may take this much, in bytes. */
  readonly budgetBytes: number;
  /** What a browser is expected to need until it has been measured. */
  readonly expectedBytes?: number;
  /** What the system can still give, in bytes; `process.availableMemory` unless given. */
  readonly availableBytes?: () => number;
}

/** What browsers take of the memory they may take. Browsers are named by their pid. */
export interface MemoryBudget {
  readonly budgetBytes: number;
  /** Measures these browsers, displays included, and forgets all others. */
  measure(browsers: readonly MeasuredBrowser[]): Promise<void>;
  /** As measured last. */
  measured(pid: number): number | undefined;
  /** What these take, each at least what is expected of one, since it may yet grow to that. */
  reserved(pids: readonly number[]): number;
  /** Whether one browser more fits beside these. */
  fits(pids: readonly number[]): boolean;
}

const megabyte = 1024 * 1024;

/** About what Chromium with one page of a job site takes, and what its display adds, in bytes. */
export function expectedBytesOf(browser: { readonly hasDisplay: boolean }): number {
  return (browser.hasDisplay ? 375 : 300) * megabyte;
}

/** Never taken from the system, whatever the budget allows: others live here as well. */
const untouchedBytes = 200 * 1024 * 1024;

export function createMemoryBudget(input: MemoryBudgetInput): MemoryBudget {
  const { budgetBytes, expectedBytes = expectedBytesOf({ hasDisplay: false }) } = input;
  const availableBytes = input.availableBytes ?? (() => process.availableMemory());
  let sizes = new Map<number, number>();

  function reserved(pids: readonly number[]): number {
    return pids.reduce((sum, pid) => sum + Math.max(expectedBytes, sizes.get(pid) ?? 0), 0);
  }
  return {
    budgetBytes,
    async measure(browsers) {
      sizes = await measureBrowsers(browsers);
    },
    measured: (pid) => sizes.get(pid),
    reserved,
    fits: (pids) =>
      reserved(pids) + expectedBytes <= budgetBytes &&
      availableBytes() >= expectedBytes + untouchedBytes,
  };
}
