import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, closeSync, openSync } from "node:fs";
import { access, chmod, chown, mkdir, rm, writeFile } from "node:fs/promises";
import { type Socket, connect } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { displaySize } from "../chromium-flags.ts";
import type { OsUser } from "../find-os-user.ts";
import { findProcess } from "../process-facts.ts";
import { removeStaleSocket, xSocketFolder } from "./remove-stale-socket.ts";
import { teachLetters } from "./teach-letters.ts";
import { xAuthority } from "./x-authority.ts";

export interface StartDisplayInput {
  /** Xvnc of TigerVNC. */
  readonly executablePath: string;
  /**
   * A folder that does not exist yet, in one that only our own user can enter: what the display listens
   * on is there, out of reach of the browser's user. `close()` removes it.
   */
  readonly folder: string;
  /** Runs Xvnc as this user, the browser's; without it, as ours. */
  readonly osUser?: OsUser | undefined;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** What a program needs to show its windows on a display. */
export interface DisplayAccess {
  /** As `DISPLAY` wants it, such as `:3`. */
  readonly name: string;
  /** What stands in the file that `XAUTHORITY` names: the only key to this display. */
  readonly authority: Buffer;
}

export interface Display {
  readonly pid: number;
  readonly number: number;
  readonly access: DisplayAccess;
  /** A new connection that speaks RFB, the protocol of VNC. */
  connect(): Socket;
  /** Resolves when the process has ended, however that came about. */
  readonly exited: Promise<void>;
  /** Ends the process and removes what it left. Idempotent. */
  close(): Promise<void>;
}

const startLimitMs = 10_000;
const closeLimitMs = 2_000;
const socketName = "rfb.sock";

/**
 * Starts an X display of its own for one browser, which others can be shown through `connect`. It has
 * no TCP port, and it ends with the process that started it.
 *
 * @throws ValetError `DISPLAY_START_FAILED`.
 */
export async function startDisplay(input: StartDisplayInput): Promise<Display> {
  const { folder, osUser, signal, log } = input;
  signal.throwIfAborted();
  const startedAt = performance.now();
  const authority = xAuthority(randomBytes(16));
  try {
    await assertDisplayProgram(input.executablePath);
    await makeFolder(folder, authority, osUser);
    const { child, pid, exited, lastWords } = await startProcess(input);
    try {
      const number = await untilReady(child, exited, signal);
      if (number === undefined) {
        signal.throwIfAborted();
        throw startFailure("it did not get ready", new Error(lastWords()));
      }
      // Its path may be longer than a socket's address can be; that of an open folder is not.
      const handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
      const connectTo = () => connect(`/proc/self/fd/${handle}/${socketName}`);
      await teachLetters(connectTo());
      let closing: Promise<void> | undefined;
      const end = async (): Promise<void> => {
        closeSync(handle);
        await endProcess(pid, exited);
        await removeDisplay({ folder, number });
      };
      log.info(
        { displayPid: pid, startMs: Math.round(performance.now() - startedAt) },
        "display started",
      );
      return {
        pid,
        number,
        access: { name: `:${number}`, authority },
        connect: connectTo,
        exited,
        close: () => (closing ??= end()),
      };
    } catch (error) {
      await endProcess(pid, exited);
      throw error;
    }
  } catch (error) {
    await removeDisplay({ folder }).catch(() => undefined);
    throw error;
  }
}

/** @throws ValetError `DISPLAY_START_FAILED` with the command that installs it. */
async function assertDisplayProgram(executablePath: string): Promise<void> {
  try {
    await access(executablePath, constants.X_OK);
  } catch (cause) {
    throw startFailure(
      `there is no Xvnc at ${executablePath} (apt-get install -y tigervnc-standalone-server)`,
      cause,
    );
  }
}

/** What a display whose process has ended left: its folder, and the socket that browsers came to. */
export async function removeDisplay(left: {
  readonly folder: string;
  readonly number?: number | undefined;
}): Promise<void> {
  await rm(left.folder, { recursive: true, force: true });
  if (left.number !== undefined) await removeStaleSocket(left.number);
}

async function makeFolder(
  folder: string,
  authority: Buffer,
  osUser: OsUser | undefined,
): Promise<void> {
  const file = path.join(folder, authorityName);
  await mkdir(folder, { mode: 0o700 });
  await writeFile(file, authority, { mode: 0o600 });
  if (process.getuid?.() === 0) await makeXSocketFolder();
  if (osUser === undefined) return;
  for (const place of [folder, file]) await chown(place, osUser.uid, osUser.gid);
}

const authorityName = "xauthority";

/** Made by an ordinary user it would belong to that user, who could then put a socket in another's place. */
async function makeXSocketFolder(): Promise<void> {
  try {
    await mkdir(xSocketFolder);
    await chmod(xSocketFolder, 0o1777);
  } catch {
    // It is there already.
  }
}

interface StartedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly exited: Promise<void>;
  /** The last lines that Xvnc wrote. */
  readonly lastWords: () => string;
}

async function startProcess({
  executablePath,
  folder,
  osUser,
}: StartDisplayInput): Promise<StartedProcess> {
  // setpriv: the kernel ends the display when we end, even by SIGKILL, and it then tidies up by itself.
  const child = spawn("setpriv", ["--pdeathsig", "SIGTERM", executablePath, ...displayFlags()], {
    // Entered before the user changes, so that the folder around it can be closed to that user.
    cwd: folder,
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: { HOME: "/nonexistent", PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" },
    ...(osUser === undefined ? {} : { uid: osUser.uid, gid: osUser.gid }),
  });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2_000);
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => reject(startFailure("the system could not start it", cause)));
  });
  if (child.pid === undefined) throw startFailure("it has no process", undefined);
  return { child, pid: child.pid, exited, lastWords: () => words };
}

function displayFlags(): string[] {
  return [
    // Xvnc picks a free number and says which on this file descriptor.
    "-displayfd",
    "3",
    "-auth",
    authorityName,
    "-geometry",
    `${displaySize.width}x${displaySize.height}`,
    "-depth",
    "24",
    "-nolisten",
    "tcp",
    "-rfbport",
    "-1",
    "-rfbunixpath",
    socketName,
    // Who may connect is decided before anybody reaches the socket.
    "-SecurityTypes",
    "None",
    "-AlwaysShared",
    // The page keeps its size whatever the viewer's; nothing a page copies goes out by itself.
    "-AcceptSetDesktopSize=0",
    "-SendCutText=0",
    "-SendPrimary=0",
  ];
}

/** The display's number, once it is ready for browsers. */
async function untilReady(
  child: ChildProcess,
  exited: Promise<void>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const fromDisplay = child.stdio[3];
  const answered = new Promise<number | undefined>((resolve) => {
    let text = "";
    fromDisplay?.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      const [, number] = /^(\d+)\n/.exec(text) ?? [];
      if (number !== undefined) resolve(Number(number));
    });
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startLimitMs)]);
  const aborted = new Promise<undefined>((resolve) => {
    if (limit.aborted) resolve(undefined);
    else limit.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  return Promise.race([answered, aborted, exited.then(() => undefined)]);
}

async function endProcess(pid: number, exited: Promise<void>): Promise<void> {
  kill(pid, "SIGTERM");
  const patience = new AbortController();
  const limit = delay(closeLimitMs, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([exited, limit]);
  patience.abort();
  if (findProcess(pid) !== undefined) kill(pid, "SIGKILL");
  await exited;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

function startFailure(what: string, cause: unknown): ValetError {
  return new ValetError(
    "DISPLAY_START_FAILED",
    `The browser's display could not be started: ${what}. Valet tries again; VALET_DISPLAY=headless does without displays, and then nobody can look at a browser or take it over.`,
    {},
    { cause },
  );
}
