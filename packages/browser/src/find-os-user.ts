import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { ValetError } from "@valet/contracts";

/** A user of this machine by its numbers, as `spawn` wants them. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

/** @throws ValetError `CONFIG_INVALID` when this machine has no such user. */
export async function findOsUser(name: string): Promise<OsUser> {
  const accounts = await readFile("/etc/passwd", "utf8");
  for (const line of accounts.split("\n")) {
    const [account, , uid, gid] = line.split(":");
    if (account === name && uid !== undefined && gid !== undefined) {
      return { uid: Number(uid), gid: Number(gid) };
    }
  }
  throw new ValetError(
    "CONFIG_INVALID",
    `This machine has no user "${name}", so no browser can run as it. Create it (useradd --system --user-group --no-create-home ${name}) or name another one in VALET_BROWSER_USER.`,
  );
}

/** Whether this user may go into a folder. Tried, since access lists and mounts have a say as well. */
export async function canEnter(folder: string, { uid, gid }: OsUser): Promise<boolean> {
  try {
    await promisify(execFile)("test", ["-x", folder], { cwd: "/", uid, gid });
    return true;
  } catch {
    return false;
  }
}
