import { mkdir, readFile, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { endBrowserProcesses, findProcess, removeProfile } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { z } from "zod";

export interface BrowserPlace {
  readonly userDataDir: string;
  /** Notes on disk that this process is the place's browser, for a later host to find. */
  record(pid: number): Promise<void>;
  /** The browser has ended and its profile is gone. */
  forget(): Promise<void>;
}

/**
 * What this machine's session hosts leave on disk while their browsers live:
 * `<profiles>/NAME` (a profile) and `<state>/run/browsers/NAME.json` (its process). NAME begins
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
  const self = findProcess(process.pid);
  if (self === undefined) throw new ValetError("INTERNAL", "This process is not in /proc.");
  // Browsers may run as another user, who must be able to enter but not to look around.
  await makeFolder(profiles, 0o711);
  await makeFolder(records, 0o700);
  let count = 0;

  return {
    reserve() {
      count += 1;
      const name = `${self.pid}-${self.startTime}-${count}`;
      const userDataDir = path.join(profiles, name);
      const file = path.join(records, `${name}.json`);
      return {
        userDataDir,
        async record(pid) {
          const startTime = findProcess(pid)?.startTime;
          if (startTime === undefined) return; // it has ended already
          const content: BrowserRecord = { pid, startTime, userDataDir };
          await writeFile(file, JSON.stringify(content), { mode: 0o600 });
        },
        forget: () => rm(file, { force: true }),
      };
    },
    async reapOrphans() {
      for (const file of await readdir(records)) {
        if (isOrphaned(file)) await reapRecord(path.join(records, file));
      }
      const orphans = (await readdir(profiles)).filter(isOrphaned);
      for (const name of orphans) {
        const userDataDir = path.join(profiles, name);
        await endBrowserProcesses({ userDataDir });
        await removeProfile(userDataDir);
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

const BrowserRecord = z.object({
  pid: z.number().int(),
  startTime: z.string(),
  userDataDir: z.string(),
});
type BrowserRecord = z.infer<typeof BrowserRecord>;

/** A name that is not of our making is left alone. */
function isOrphaned(name: string): boolean {
  const [, pid, startTime] = /^(\d+)-(\d+)-\d+(?:\.json)?$/.exec(name) ?? [];
  if (pid === undefined) return false;
  return findProcess(Number(pid))?.startTime !== startTime;
}

async function reapRecord(file: string): Promise<void> {
  const record = BrowserRecord.safeParse(await readJson(file));
  if (record.success) {
    const { pid, startTime, userDataDir } = record.data;
    // The number may belong to another process by now.
    const isSame = findProcess(pid)?.startTime === startTime;
    await endBrowserProcesses({ userDataDir, ...(isSame ? { group: pid } : {}) });
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
