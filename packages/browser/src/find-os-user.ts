import { readFile } from "node:fs/promises";
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
    `This machine has no user "${name}", so no browser can run as it. Create it (useradd --system --create-home ${name}) or name another one in VALET_BROWSER_USER.`,
  );
}
