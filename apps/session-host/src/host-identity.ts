import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { findProcess } from "@valet/browser";
import { ValetError } from "@valet/contracts";

export interface HostIdentity {
  /** The state folder's own name, which all hosts on it share. */
  readonly installation: string;
  /** This process: `INSTALLATION:PID-STARTTIME`, so that a dead one is told from one that runs. */
  readonly hostId: string;
}

export async function readHostIdentity(stateDir: string): Promise<HostIdentity> {
  const self = findProcess(process.pid);
  if (self === undefined) throw new ValetError("INTERNAL", "This process is not in /proc.");
  const installation = await keepInstallation(path.join(stateDir, "session-host-id"));
  // Several hosts in one process, as in tests, are several hosts.
  hostsOfProcess += 1;
  const { pid, startTime } = self;
  return { installation, hostId: `${installation}:${pid}-${startTime}-${hostsOfProcess}` };
}

let hostsOfProcess = 0;

/** Of the hosts on this machine's state folder only. */
export function isDeadHost(hostId: string): boolean {
  const [, pid, startTime] = /:(\d+)-(\d+)-\d+$/.exec(hostId) ?? [];
  return pid !== undefined && findProcess(Number(pid))?.startTime !== startTime;
}

async function keepInstallation(file: string): Promise<string> {
  const name = randomUUID();
  try {
    await writeFile(file, name, { flag: "wx", mode: 0o600 });
    return name;
  } catch {
    return await readFile(file, "utf8");
  }
}
