import { mkdir, readFile, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { endBrowserProcesses, findProcess, removeDisplay, removeProfile } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { z } from "zod";

export interface BrowserPlace {
  readonly userDataDir: string;
  /** For the browser's display, in a folder that nobody but us can enter. */
  readonly displayDir: string;
  /** Notes on disk what runs in this place, for a later host to find. */
  record(running: PlaceProcesses): Promise<void>;
  /** Browser and display have ended; profile and folder are gone. */
  forget(): Promise<void>;
}

export interface PlaceProcesses {
  readonly display?: { readonly pid: number; readonly number: number } | undefined;
  readonly browserPid?: number | undefined;
}

/**
 * What this machine's session hosts leave on disk while their browsers live: `<profiles>/NAME` (a
 * profile), `<state>/run/displays/NAME` and `<state>/run/browsers/NAME.json` (processes). NAME begins
 * with the host's pid and start time, so that the leavings of a dead host are told from those of one
 * that runs.
 */
export interface BrowserLedger {
  reserve(): BrowserPlace;
  /** Ends browsers and removes profiles whose host is dead. Returns how many profiles there were. */
  reapOrphans(): Promise<number>;
  /** Leaves no empty folder outside the state. */
  close(): Promise<void>;
}

export interface BrowserLedgerInput {
  readonly stateDir: string;
  /** Where profiles are; `<state>/browsers` unless given. */
  readonly profilesDir?: string | undefined;
  readonly log: Logger;
}

/** @throws ValetError `CONFIG_INVALID` when a folder cannot be made. */
export async function createBrowserLedger(input: BrowserLedgerInput): Promise<BrowserLedger> {
  const { stateDir, profilesDir: profiles = path.join(stateDir, "browsers"), log } = input;
  const records = path.join(stateDir, "run", "browsers");
  const displays = path.join(stateDir, "run", "displays");
  const self = findProcess(process.pid);
  if (self === undefined) throw new ValetError("INTERNAL", "This process is not in /proc.");
  // Browsers may run as another user, who must be able to enter but not to look around.
  await makeFolder(profiles, 0o711);
  await makeFolder(records, 0o700);
  await makeFolder(displays, 0o700);
  let count = 0;

  return {
    reserve() {
      count += 1;
      const name = `${self.pid}-${self.startTime}-${count}`;
      const userDataDir = path.join(profiles, name);
      const file = path.join(records, `${name}.json`);
      return {
        userDataDir,
        displayDir: path.join(displays, name),
        async record({ browserPid, display }) {
          const browser = browserPid === undefined ? undefined : named(browserPid);
          const shown = display === undefined ? undefined : named(display.pid);
          if (browser === undefined && shown === undefined) return; // they have ended already
          const content: BrowserRecord = {
            userDataDir,
            ...browser,
            ...(shown === undefined ? {} : { display: { ...display, ...shown } }),
          };
          await writeFile(file, JSON.stringify(content), { mode: 0o600 });
        },
        forget: () => rm(file, { force: true }),
      };
    },
    async reapOrphans() {
      for (const file of await readdir(records)) {
        if (isOrphaned(file)) await reapRecord(path.join(records, file), displays);
      }
      const orphans = (await readdir(profiles)).filter(isOrphaned);
      for (const name of orphans) {
        const userDataDir = path.join(profiles, name);
        await endBrowserProcesses({ userDataDir });
        await removeProfile(userDataDir);
      }
      for (const name of (await readdir(displays)).filter(isOrphaned)) {
        await removeDisplay({ folder: path.join(displays, name) });
      }
      if (orphans.length > 0) log.warn({ count: orphans.length }, "removed what a dead host left");
      return orphans.length;
    },
    async close() {
      // Another host on the same state may use it still.
      if (input.profilesDir !== undefined) await rmdir(profiles).catch(() => undefined);
    },
  };
}

async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new ValetError(
      "CONFIG_INVALID",
      `The folder ${folder} cannot be made${code}, so browsers have no place for their profiles. Move away what stands there, correct the rights, or set VALET_STATE_DIR to another folder.`,
      { folder },
      { cause },
    );
  }
}

const ProcessName = z.object({ pid: z.number().int(), startTime: z.string() });
type ProcessName = z.infer<typeof ProcessName>;

const BrowserRecord = ProcessName.partial().extend({
  userDataDir: z.string(),
  display: ProcessName.extend({ number: z.number().int() }).partial().optional(),
});
type BrowserRecord = z.infer<typeof BrowserRecord>;

/** `undefined` when it has ended. */
function named(pid: number): ProcessName | undefined {
  const startTime = findProcess(pid)?.startTime;
  return startTime === undefined ? undefined : { pid, startTime };
}

type LooseName = { readonly [Key in keyof ProcessName]?: ProcessName[Key] | undefined };

/** Its process group, unless it has ended: the number may belong to another process by now. */
function groupOf({ pid, startTime }: LooseName = {}): { readonly group?: number } {
  if (pid === undefined || findProcess(pid)?.startTime !== startTime) return {};
  return { group: pid };
}

/** A name that is not of our making is left alone. */
function isOrphaned(name: string): boolean {
  const [, pid, startTime] = /^(\d+)-(\d+)-\d+(?:\.json)?$/.exec(name) ?? [];
  if (pid === undefined) return false;
  return findProcess(Number(pid))?.startTime !== startTime;
}

async function reapRecord(file: string, displays: string): Promise<void> {
  const record = BrowserRecord.safeParse(await readJson(file));
  if (record.success) {
    const { userDataDir, display, ...browser } = record.data;
    for (const group of [groupOf(browser), groupOf(display)]) {
      await endBrowserProcesses({ userDataDir, ...group });
    }
    const folder = path.join(displays, path.basename(file, ".json"));
    await removeDisplay({ folder, number: display?.number });
  }
  await rm(file, { force: true });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined; // cut short by the crash; the profile's name is enough
  }
}
