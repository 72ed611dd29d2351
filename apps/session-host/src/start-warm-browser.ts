import {
  type Dialer,
  type Display,
  type FirstPage,
  type LaunchBrowserInput,
  type LaunchedBrowser,
  type Relay,
  type RelayHub,
  type RequestGate,
  type RequestObservation,
  coupledTo,
  createEgressProxy,
  createRequestGate,
  egressArgs,
  insertText,
  launchBrowser,
  observeRequests,
  openFirstPage,
  startDisplay,
} from "@valet/browser";
import type { Logger } from "@valet/runtime";
import type { BrowserLedger, BrowserPlace } from "./create-browser-ledger.ts";

/** How this host starts browsers. */
export type BrowserSettings = Pick<
  LaunchBrowserInput,
  "executablePath" | "osUser" | "allowNoSandbox" | "args"
> & {
  /** Xvnc, which gives each browser a display of its own; without it nobody can look at browsers. */
  readonly displayProgram?: string | undefined;
};

export interface WarmBrowserDeps {
  /** The only ways out that its browser gets. */
  readonly dialer: Dialer;
  readonly settings: BrowserSettings;
  readonly ledger: BrowserLedger;
  readonly hub: RelayHub;
  readonly log: Logger;
}

/** A browser with everything that stands around it, at an empty page that can be sent somewhere. */
export interface WarmBrowser {
  readonly pid: number;
  /** What it is shown on; absent when nobody can see it. */
  readonly display: Display | undefined;
  readonly relay: Relay;
  readonly observation: RequestObservation;
  readonly gate: RequestGate;
  /** Whether a second send of an application was held back. */
  readonly latched: () => boolean;
  /** Enters text where the cursor stands. */
  readonly insertText: (text: string) => Promise<void>;
  readonly firstPage: FirstPage;
  readonly exited: LaunchedBrowser["exited"];
  readonly ageMs: () => number;
  /** Ends it and waits until nothing is left of it. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a browser behind its gate and its egress proxy. Both are this process: when the gate falls, by
 * whatever cause, nothing is left for what it held to leave by.
 */
export async function startWarmBrowser(
  { settings, dialer, ledger, hub, log }: WarmBrowserDeps,
  signal: AbortSignal,
): Promise<WarmBrowser> {
  const startedAt = performance.now();
  const place = ledger.reserve();
  const display = await showDisplay({ settings, place, log }, signal);
  const egress = await createEgressProxy({ dialer, log });
  const { args = [] } = settings;
  const browser = await launchBrowser({
    ...settings,
    args: [...args, ...egressArgs(egress.address)],
    userDataDir: place.userDataDir,
    display: display?.access,
    signal,
    log,
  }).catch(async (error: unknown) => {
    await egress.close();
    await display?.close();
    await place.forget();
    throw error;
  });
  try {
    await place.record({ browserPid: browser.pid, display });
    const { pid, pipe, product, exited } = browser;
    const gate = createRequestGate({
      ...coupledTo(egress),
      onRefusal: (refusal) => log.info(refusal, "a page's request was kept from leaving"),
    });
    const observation = await observeRequests({
      pipe,
      gate,
      onUnguarded() {
        // First of all: Chromium lets go of what the gate held.
        egress.cutOff();
        log.warn({ browserPid: pid }, "a browser lost its gate and with it every way out");
      },
    });
    const firstPage = await openFirstPage({ pipe });
    const relay = hub.open({ pipe, product });
    async function end(): Promise<void> {
      egress.cutOff();
      relay.close();
      observation.close();
      await browser.close();
      await display?.close();
      await egress.close();
      await place.forget();
    }
    let ending: Promise<void> | undefined;
    return {
      pid,
      display,
      relay,
      observation,
      gate,
      latched: () => egress.facts().latched > 0,
      insertText: (text) => insertText(pipe, text),
      firstPage,
      exited,
      ageMs: () => Math.round(performance.now() - startedAt),
      close: () => (ending ??= end()),
    };
  } catch (error) {
    await egress.close();
    await browser.close();
    await display?.close();
    await place.forget();
    throw error;
  }
}

async function showDisplay(
  { settings, place, log }: Pick<WarmBrowserDeps, "settings" | "log"> & { place: BrowserPlace },
  signal: AbortSignal,
): Promise<Display | undefined> {
  const { displayProgram, osUser } = settings;
  if (displayProgram === undefined) return undefined;
  const folder = place.displayDir;
  const display = await startDisplay({
    executablePath: displayProgram,
    folder,
    osUser,
    signal,
    log,
  });
  await place.record({ display });
  return display;
}
