import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { chromiumFlags } from "./chromium-flags.ts";
import { type CdpPipe, createCdpPipe } from "./create-cdp-pipe.ts";
import { authorityFile, createProfile, removeProfile } from "./create-profile.ts";
import type { DisplayAccess } from "./display/start-display.ts";
import { endBrowserProcesses } from "./end-browser-processes.ts";
import type { OsUser } from "./find-os-user.ts";

export interface LaunchBrowserInput {
  readonly executablePath: string;
  /** A folder that does not exist yet; `close()` removes it. */
  readonly userDataDir: string;
  /** Runs Chromium as this user; without it, as ours. */
  readonly osUser?: OsUser | undefined;
  /** Development only: accept Chromium without its sandbox when it would run as root. */
  readonly allowNoSandbox: boolean;
  readonly args?: readonly string[];
  /** Shows the browser there; without it nobody can see it. */
  readonly display?: DisplayAccess | undefined;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface BrowserExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchedBrowser {
  readonly pid: number;
  /** As Chromium gives it: `Chrome/156.0.8078.79`. */
  readonly product: string;
  readonly pipe: CdpPipe;
  /** Resolves when the process has ended, however that came about. */
  readonly exited: Promise<BrowserExit>;
  /** Ends the process, by its pid if it does not go by itself, and removes the profile. Idempotent. */
  close(): Promise<void>;
}

const startLimitMs = 20_000;
const closeLimitMs = 3_000;

/**
 * Starts a Chromium that only this process can reach, through its debugging pipe; the pipe is also
 * its life line, so it cannot outlive us.
 *
 * @throws ValetError `CHROMIUM_MISSING`, `CONFIG_INVALID` (no sandbox to be had), `BROWSER_LAUNCH_FAILED`.
 */
export async function launchBrowser(input: LaunchBrowserInput): Promise<LaunchedBrowser> {
  const { userDataDir, signal, log } = input;
  signal.throwIfAborted();
  const sandbox = decideSandbox(input);
  await assertExecutable(input.executablePath);
  const startedAt = performance.now();
  try {
    await makeProfile(input);
    const started = await startProcess(input, sandbox);
    const close = createClose(started, userDataDir);
    try {
      const product = await untilAnswering(started, signal);
      const launchMs = Math.round(performance.now() - startedAt);
      log.info({ browserPid: started.pid, sandbox, launchMs }, "browser started");
      const { pid, pipe, exited } = started;
      return { pid, product, pipe, exited, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    // What stays is for the next host's reaper; the reason of the failure is worth more.
    await removeProfile(userDataDir).catch(() => undefined);
    throw error;
  }
}

async function makeProfile(input: LaunchBrowserInput): Promise<void> {
  const { userDataDir, osUser, display } = input;
  try {
    await createProfile({ userDataDir, osUser, displayAuthority: display?.authority });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw launchFailure(`its profile folder could not be made${code}`, { cause });
  }
}

/** @throws ValetError `CHROMIUM_MISSING` with the command that installs it. */
export async function assertExecutable(executablePath: string): Promise<void> {
  try {
    await access(executablePath, constants.X_OK);
  } catch (cause) {
    throw new ValetError(
      "CHROMIUM_MISSING",
      `There is no Chromium at ${executablePath}, so no application form can be opened. Install it (apt-get install -y chromium) or set VALET_CHROMIUM to where it is.`,
      {},
      { cause },
    );
  }
}

/**
 * Root gets no sandbox from Chromium, so that needs an explicit flag.
 *
 * @throws ValetError `CONFIG_INVALID` with the ways out.
 */
export function decideSandbox(input: {
  readonly osUser?: OsUser | undefined;
  readonly allowNoSandbox: boolean;
}): boolean {
  const uid = input.osUser?.uid ?? process.getuid?.();
  if (uid !== 0) return true;
  if (input.allowNoSandbox) return false;
  throw new ValetError(
    "CONFIG_INVALID",
    "Chromium would run as root, where its sandbox does not work, so no browser was started. Set VALET_BROWSER_USER to an ordinary user of this machine (useradd --system --user-group --no-create-home valet-browser); for development only, VALET_ALLOW_NO_SANDBOX=1 accepts the risk.",
  );
}

interface StartedProcess {
  readonly pid: number;
  readonly pipe: CdpPipe;
  readonly exited: Promise<BrowserExit>;
  /** The last lines that Chromium wrote while it started. */
  lastWords(): string;
}

async function startProcess(input: LaunchBrowserInput, sandbox: boolean): Promise<StartedProcess> {
  const { executablePath, userDataDir, args = [], osUser, display } = input;
  const isVisible = display !== undefined;
  const flags = chromiumFlags({ userDataDir, isVisible, sandbox, extra: args });
  const child = spawn(executablePath, flags, {
    // A group of its own: a Ctrl-C at the terminal is ours to handle, and close() can end all of it.
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    // None of our own variables: they hold secrets.
    env: {
      HOME: userDataDir,
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      ...(isVisible ? { DISPLAY: display.name, XAUTHORITY: authorityFile(userDataDir) } : {}),
    },
    ...(osUser === undefined ? {} : { uid: osUser.uid, gid: osUser.gid }),
  });
  const exited = new Promise<BrowserExit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const lastWords = keepLastWords(child);
  await untilSpawned(child);
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (
    child.pid === undefined ||
    !(toBrowser instanceof Duplex) ||
    !(fromBrowser instanceof Duplex)
  ) {
    throw new ValetError("INTERNAL", "Chromium was started without its debugging pipe.");
  }
  return { pid: child.pid, pipe: createCdpPipe({ toBrowser, fromBrowser }), exited, lastWords };
}

function untilSpawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => {
      reject(launchFailure("the system could not start it as its user", { cause }));
    });
  });
}

/** Waits until the browser answers, and returns its product name. */
async function untilAnswering(started: StartedProcess, signal: AbortSignal): Promise<string> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startLimitMs)]);
  const version = await Promise.race([
    started.pipe.call("Browser.getVersion").catch(() => undefined),
    untilAborted(limit),
  ]);
  signal.throwIfAborted();
  if (version === undefined) {
    const cause = new Error(started.lastWords());
    throw /No usable sandbox/.test(cause.message)
      ? sandboxRefused(cause)
      : launchFailure("it did not get ready", { cause });
  }
  return typeof version.product === "string" ? version.product : "Chrome";
}

function launchFailure(what: string, options: { readonly cause: unknown }): ValetError {
  return new ValetError(
    "BROWSER_LAUNCH_FAILED",
    `The browser could not be started: ${what}. Valet tries again; if it keeps failing, check free memory, that the browser's user can reach the state directory, and that no other program ends Chromium.`,
    {},
    options,
  );
}

function sandboxRefused(cause: Error): ValetError {
  return new ValetError(
    "CONFIG_INVALID",
    "This system does not let Chromium make its sandbox, so no browser was started. Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0; in a container seccomp=unconfined).",
    {},
    { cause },
  );
}

function createClose(started: StartedProcess, userDataDir: string): () => Promise<void> {
  const { pid, pipe, exited } = started;
  async function end(): Promise<void> {
    pipe.call("Browser.close").catch(() => undefined); // it may be gone already
    const patience = new AbortController();
    const limit = delay(closeLimitMs, undefined, { signal: patience.signal }).catch(
      () => undefined,
    );
    await Promise.race([exited, limit]);
    patience.abort();
    await endBrowserProcesses({ userDataDir, group: pid });
    await exited;
    await removeProfile(userDataDir);
  }
  let closing: Promise<void> | undefined;
  return () => (closing ??= end());
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  return promise;
}

const lastWordsLength = 2_000;

function keepLastWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-lastWordsLength);
  });
  return () => words;
}
