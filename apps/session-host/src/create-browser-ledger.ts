import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
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
 * `<state>/browsers/NAME` (a profile) and `<state>/run/browsers/NAME.json` (its process). NAME begins
 * with the host's pid and start time, so that the leavings of a dead host are told from those of one
 * that runs.
 */
export interface BrowserLedger {
  reserve(): BrowserPlace;
  /** Ends browsers and removes profiles whose host is dead. Returns how many profiles there were. */
  reapOrphans(): Promise<number>;
}

export interface BrowserLedgerInput {
  readonly stateDir: string;
  readonly log: Logger;
}

export async function createBrowserLedger({
  stateDir,
  log,
}: BrowserLedgerInput): Promise<BrowserLedger> {
  const profiles = path.join(stateDir, "browsers");
  const records = path.join(stateDir, "run", "browsers");
  const self = findProcess(process.pid);
  if (self === undefined) throw new ValetError("INTERNAL", "This process is not in /proc.");
  // Browsers may run as another user, who must be able to enter but not to look around.
  await mkdir(profiles, { recursive: true, mode: 0o711 });
  await mkdir(records, { recursive: true, mode: 0o700 });
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
  };
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
