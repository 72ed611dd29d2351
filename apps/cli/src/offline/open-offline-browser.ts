import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type BrowserAttachment,
  type OsUser,
  assertExecutable,
  disabledFeaturesArg,
  findOsUser,
  loadPlaywright,
  practiceHostsArgs,
} from "@valet/browser";
import { type PracticeHosts, ValetError } from "@valet/contracts";
import { canRead, createChromiumAsUser } from "./chromium-as-user.ts";
import { loadPage } from "./load-page.ts";

export type Page = BrowserAttachment["page"];

export interface OfflineBrowserInput {
  /** Path of the browser's program. */
  readonly chromium: string;
  /** What file names are relative to. */
  readonly cwd: string;
  /** False: the scripts of a page stay off. */
  readonly javaScript: boolean;
  /** False: pages reach nothing but local files. */
  readonly network: boolean;
  /** True: only requests that ask for something leave (GET and HEAD). */
  readonly isReadOnly?: boolean;
  /** With it pages reach the practice sites under the vendors' names, and nothing else. */
  readonly practiceHosts?: PracticeHosts | undefined;
  /** Whom root runs browsers as; by default `valet-browser`. */
  readonly browserUser?: string | undefined;
}

export interface OfflinePage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** One browser for all files of a command; every file gets a profile of its own. */
export interface OfflineBrowser {
  /**
   * Opens a file or an address and waits until the document is there, about 20 s at most.
   *
   * @throws ValetError `USAGE` when there is no such file, `PAGE_UNREACHABLE` when the page does not
   * load, `TIMEOUT` when it is too large, `CONFIG_INVALID` when root has no user to open it as.
   */
  readonly open: (source: string, signal: AbortSignal) => Promise<OfflinePage>;
  readonly close: () => Promise<void>;
}

const ordinaryBrowserUser = "valet-browser";

export async function openOfflineBrowser(
  input: OfflineBrowserInput,
  signal: AbortSignal,
): Promise<OfflineBrowser> {
  signal.throwIfAborted();
  await assertExecutable(input.chromium);
  const started = new Map<string, Promise<StartedBrowser>>();
  const browserFor = async (start: BrowserStart): Promise<StartedBrowser> => {
    const key = JSON.stringify(start);
    const known = started.get(key) ?? startBrowser(input, start);
    started.set(key, known);
    return known;
  };
  const close = async (): Promise<void> => {
    const all = await Promise.allSettled(started.values());
    await Promise.all(
      all.flatMap((one) => (one.status === "fulfilled" ? [one.value.close()] : [])),
    );
  };
  const onAbort = (): void => void close().catch(() => undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    open: async (source, pageSignal) => {
      pageSignal.throwIfAborted();
      const address = await addressOf(source, input.cwd);
      const start = await chooseStart(address, input);
      const { browser } = await browserFor(start);
      const context = await browser.newContext({
        javaScriptEnabled: input.javaScript,
        offline: !start.network,
        acceptDownloads: false,
        viewport: { width: 1280, height: 900 },
      });
      try {
        if (input.isReadOnly === true) await letNothingOut(context);
        const page = await context.newPage();
        await loadPage(page, address);
        return { page, close: () => context.close() };
      } catch (error) {
        await context.close();
        pageSignal.throwIfAborted();
        throw error;
      }
    },
    close: async () => {
      signal.removeEventListener("abort", onAbort);
      await close();
    },
  };
}

async function letNothingOut(context: BrowserContext): Promise<void> {
  await context.route("**/*", (route) => {
    const asks = ["GET", "HEAD", "OPTIONS"].includes(route.request().method());
    return asks ? route.fallback() : route.abort();
  });
}

type BrowserContext = ReturnType<Page["context"]>;

interface BrowserStart {
  /** Undefined: the one we are. */
  readonly osUser?: OsUser;
  readonly sandbox: boolean;
  readonly network: boolean;
}

/**
 * In its sandbox, as root therefore as the browsers' own user. Root opens saved pages without one where
 * the network is blocked, and where root alone may read them; these then get no network whatever was
 * asked for: what such a page might take hold of cannot be sent anywhere.
 */
async function chooseStart(
  address: string,
  { network, browserUser = ordinaryBrowserUser }: OfflineBrowserInput,
): Promise<BrowserStart> {
  if (process.getuid?.() !== 0) return { sandbox: true, network };
  if (!network) return { sandbox: false, network };
  const isFile = address.startsWith("file:");
  const osUser = await findOsUser(browserUser).catch((error: unknown) => {
    if (!/^https?:/iu.test(address)) return undefined;
    throw error;
  });
  if (osUser !== undefined && (!isFile || (await canRead(fileURLToPath(address), osUser)))) {
    return { osUser, sandbox: true, network };
  }
  return { sandbox: false, network: false };
}

interface StartedBrowser {
  readonly browser: Awaited<ReturnType<Playwright["chromium"]["launch"]>>;
  readonly close: () => Promise<void>;
}

type Playwright = Awaited<ReturnType<typeof loadPlaywright>>;

async function startBrowser(
  { chromium, practiceHosts }: OfflineBrowserInput,
  { osUser, sandbox, network }: BrowserStart,
): Promise<StartedBrowser> {
  const playwright = await loadPlaywright();
  const program = osUser && (await createChromiumAsUser(chromium, osUser));
  try {
    const browser = await playwright.chromium.launch({
      executablePath: program?.executablePath ?? chromium,
      ...(program === undefined ? {} : { env: program.env }),
      chromiumSandbox: sandbox,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        "--disable-background-networking",
        disabledFeaturesArg,
        ...networkArgs(network, practiceHosts),
      ],
    });
    return {
      browser,
      close: async () => {
        await browser.close();
        await program?.close();
      },
    };
  } catch (error) {
    await program?.close();
    throw error;
  }
}

function networkArgs(network: boolean, practiceHosts: PracticeHosts | undefined): string[] {
  if (!network) return ["--host-resolver-rules=MAP * ~NOTFOUND"];
  return practiceHosts === undefined ? [] : practiceHostsArgs(practiceHosts);
}

/** An address as it is, or the `file:` address of a path. */
async function addressOf(source: string, cwd: string): Promise<string> {
  if (/^((https?|file):\/\/|data:)/iu.test(source)) return source;
  const path = resolve(cwd, source);
  try {
    await access(path);
  } catch {
    throw new ValetError(
      "USAGE",
      "There is no such file, or it cannot be read. Give the path of a saved page or an address with http:// or https://.",
    );
  }
  return pathToFileURL(path).href;
}
