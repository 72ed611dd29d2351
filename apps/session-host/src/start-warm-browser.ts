import {
  type FirstPage,
  type LaunchBrowserInput,
  type LaunchedBrowser,
  type Relay,
  type RelayHub,
  type RequestGate,
  type RequestObservation,
  createRequestGate,
  launchBrowser,
  observeRequests,
  openFirstPage,
} from "@valet/browser";
import type { Logger } from "@valet/runtime";
import type { BrowserLedger } from "./create-browser-ledger.ts";

/** How this host starts browsers. */
export type BrowserSettings = Pick<
  LaunchBrowserInput,
  "executablePath" | "osUser" | "allowNoSandbox" | "args" | "headless" | "display"
>;

export interface WarmBrowserDeps {
  readonly settings: BrowserSettings;
  readonly ledger: BrowserLedger;
  readonly hub: RelayHub;
  readonly log: Logger;
}

/** A browser with everything that stands around it, at an empty page that can be sent somewhere. */
export interface WarmBrowser {
  readonly pid: number;
  readonly relay: Relay;
  readonly observation: RequestObservation;
  readonly gate: RequestGate;
  readonly firstPage: FirstPage;
  readonly exited: LaunchedBrowser["exited"];
  readonly ageMs: () => number;
  /** Ends it and waits until nothing is left of it. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a browser and begins to watch what it sends. The gate and the egress proxy belong in here
 * too: they must stand before the first navigation and fall with the browser.
 */
export async function startWarmBrowser(
  { settings, ledger, hub, log }: WarmBrowserDeps,
  signal: AbortSignal,
): Promise<WarmBrowser> {
  const startedAt = performance.now();
  const place = ledger.reserve();
  const browser = await launchBrowser({
    ...settings,
    userDataDir: place.userDataDir,
    signal,
    log,
  });
  try {
    await place.record(browser.pid);
    const { pid, pipe, product, exited } = browser;
    const gate = createRequestGate({
      onRelease: () => undefined,
      onSettled: () => undefined,
      onRefusal: (refusal) => log.info(refusal, "a page's request was kept from leaving"),
    });
    const observation = await observeRequests({ pipe, gate });
    const firstPage = await openFirstPage({ pipe });
    const relay = hub.open({ pipe, product });
    async function end(): Promise<void> {
      relay.close();
      observation.close();
      await browser.close();
      await place.forget();
    }
    let ending: Promise<void> | undefined;
    return {
      pid,
      relay,
      observation,
      gate,
      firstPage,
      exited,
      ageMs: () => Math.round(performance.now() - startedAt),
      close: () => (ending ??= end()),
    };
  } catch (error) {
    await browser.close();
    await place.forget();
    throw error;
  }
}
