import { ValetError, toValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { MemoryBudget } from "./create-memory-budget.ts";
import type { WarmBrowser } from "./start-warm-browser.ts";

export interface BrowserPoolDeps {
  readonly start: (signal: AbortSignal) => Promise<WarmBrowser>;
  readonly budget: MemoryBudget;
  /** How many wait ready, as far as memory allows. */
  readonly size: number;
  /** A browser that has waited this long is replaced. */
  readonly maxAgeMs: number;
  /** One that takes more than this while it waits is replaced; one in use is reported. */
  readonly maxBytesEach: number;
  /** Measuring is done this often at most: reading the memory of a browser's processes costs milliseconds each. */
  readonly measureEveryMs?: number;
  /** How long an application has the machine's cores to itself before its browser is replaced. */
  readonly fillAfterLeaseMs?: number;
  readonly log: Logger;
}

export interface LeasedBrowser {
  readonly browser: WarmBrowser;
  /** It was ready and waiting. */
  readonly pooled: boolean;
}

/**
 * All browsers of a host: those in use and those that wait. The pool is filled one at a time in the
 * background; those who find it empty get the one that is just starting, or one of their own.
 */
export interface BrowserPool {
  /** @throws ValetError `SESSION_CAPACITY`, or what kept the browser from starting. */
  lease(): Promise<LeasedBrowser>;
  ready(): readonly WarmBrowser[];
  inUse(): readonly WarmBrowser[];
  /** Measures, recycles what is too old or too big, makes room, fills up. */
  tend(): Promise<void>;
  /** Why the last start of a browser failed; `undefined` when it did not. */
  fault(): ValetError | undefined;
  close(): Promise<void>;
}

/** About what it takes to open a form and fill it. */
const fillAfterLeaseMsByDefault = 4_000;
/** Until it is measured a browser counts as what is expected of one, so a late measure lets none too many in. */
const measureEveryMsByDefault = 10_000;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export function createBrowserPool(deps: BrowserPoolDeps): BrowserPool {
  const { budget, size, maxAgeMs, maxBytesEach, log } = deps;
  const { fillAfterLeaseMs = fillAfterLeaseMsByDefault } = deps;
  const { measureEveryMs = measureEveryMsByDefault } = deps;
  const waiting = new Set<WarmBrowser>();
  const used = new Set<WarmBrowser>();
  const reported = new WeakSet<WarmBrowser>();
  const endings = new Set<Promise<void>>();
  const closing = new AbortController();
  let starting = 0;
  /** The one on its way into the pool; whoever waits for a browser may have it instead. */
  let filling: Promise<WarmBrowser> | undefined;
  let fault: ValetError | undefined;
  let failures = 0;
  let measureNotBefore = 0;
  /** After a lease, and after a start that failed. */
  let fillNotBefore = 0;

  const running = () => [...waiting, ...used];
  /** Those that start have no number yet. */
  const pids = () => [
    ...running().map(({ pid }) => pid),
    ...Array.from({ length: starting }, () => 0),
  ];

  async function start(): Promise<WarmBrowser> {
    starting += 1;
    try {
      const browser = await deps.start(closing.signal);
      fault = undefined;
      failures = 0;
      return browser;
    } catch (error) {
      if (!closing.signal.aborted) fault = toValetError(error);
      throw error;
    } finally {
      starting -= 1;
    }
  }

  function retire(browser: WarmBrowser, reason: string): void {
    if (!waiting.delete(browser)) return;
    log.info({ browserPid: browser.pid, reason, ageMs: browser.ageMs() }, "recycled a browser");
    end(browser);
  }

  function end(browser: WarmBrowser): void {
    const ending = browser
      .close()
      .catch((error: unknown) => log.error({ err: error }, "clearing away a browser failed"))
      .then(() => void endings.delete(ending));
    endings.add(ending);
  }

  function fill(): void {
    const mayFill = filling === undefined && !closing.signal.aborted;
    if (!mayFill || waiting.size >= size || performance.now() < fillNotBefore) return;
    if (!budget.fits(pids())) return;
    const started = start();
    filling = started;
    started.then(
      (browser) => {
        if (filling !== started) return; // somebody took it
        filling = undefined;
        shelve(browser);
        fill();
      },
      (error: unknown) => {
        if (filling === started) filling = undefined;
        if (closing.signal.aborted) return;
        failures += 1;
        fillNotBefore =
          performance.now() + Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
        log.warn({ err: error, failures }, "a browser for the pool did not start; trying again");
      },
    );
  }

  /** One that found none ready says that applications come faster than the pool is filled: the next would wait too. */
  function fillNow(): void {
    fillNotBefore = 0;
    fill();
  }

  /** Starting a browser takes a core: the application that just got one opens its form first. */
  function fillLater(): void {
    const now = performance.now();
    // Leases that follow each other do not put it off for ever.
    if (now < fillNotBefore) return;
    fillNotBefore = now + fillAfterLeaseMs;
    setTimeout(fill, fillAfterLeaseMs).unref();
  }

  function shelve(browser: WarmBrowser): void {
    if (closing.signal.aborted) {
      end(browser);
      return;
    }
    waiting.add(browser);
    void browser.exited.then(() => {
      retire(browser, "crash");
      fill();
    });
  }

  function use(browser: WarmBrowser): WarmBrowser {
    used.add(browser);
    void browser.exited.then(() => used.delete(browser));
    return browser;
  }

  function requireRoom(): void {
    if (closing.signal.aborted) throw shuttingDown();
    const inUse = [...used].map(({ pid }) => pid);
    const [next] = waiting;
    const hasRoom =
      next === undefined
        ? budget.fits(pids())
        : budget.reserved([...inUse, next.pid]) <= budget.budgetBytes;
    if (hasRoom) return;
    throw noMemory(budget.budgetBytes, used.size);
  }

  return {
    async lease() {
      const adopted = waiting.size === 0 ? filling : undefined;
      if (adopted === undefined) requireRoom();
      const [ready] = waiting;
      if (ready !== undefined) {
        waiting.delete(ready);
        use(ready);
        fillLater();
        return { browser: ready, pooled: true };
      }
      if (adopted !== undefined) filling = undefined;
      const browser = use(await (adopted ?? start()));
      fillNow();
      return { browser, pooled: false };
    },
    ready: () => [...waiting],
    inUse: () => [...used],
    fault: () => fault,
    async tend() {
      if (performance.now() >= measureNotBefore) {
        measureNotBefore = performance.now() + measureEveryMs;
        await budget.measure(running());
      }
      for (const browser of waiting) {
        if (browser.ageMs() > maxAgeMs) retire(browser, "age");
        else if ((budget.measured(browser.pid) ?? 0) > maxBytesEach) retire(browser, "memory");
      }
      while (waiting.size > 0 && budget.reserved(pids()) > budget.budgetBytes) {
        const [oldest] = waiting;
        if (oldest !== undefined) retire(oldest, "room");
      }
      for (const browser of used) {
        const bytes = budget.measured(browser.pid) ?? 0;
        if (bytes <= maxBytesEach || reported.has(browser)) continue;
        reported.add(browser);
        log.warn({ browserPid: browser.pid, bytes }, "a browser in use takes too much memory");
      }
      fill();
    },
    async close() {
      closing.abort(shuttingDown());
      for (const browser of waiting) retire(browser, "shutdown");
      await filling?.catch(() => undefined);
      await Promise.all(endings);
    },
  };
}

function noMemory(budgetBytes: number, inUse: number): ValetError {
  const budgetMb = Math.round(budgetBytes / 1024 / 1024);
  return new ValetError(
    "SESSION_CAPACITY",
    `The ${inUse} browsers in use leave no memory for another one, so this application has to wait; Valet tries again when one has ended. VALET_SESSION_MEMORY_MB (now ${budgetMb}) raises the limit if the machine has more.`,
    { budgetMb, inUse },
  );
}

export function shuttingDown(): ValetError {
  return new ValetError(
    "SESSION_HOST_UNAVAILABLE",
    "The session host is shutting down and opens no browser any more. Valet tries again when it is back.",
  );
}
