import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ValetError } from "@valet/contracts";
import type { StackLog } from "./stack-log.ts";

const execFileAsync = promisify(execFile);

export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root. As root: the OS user "postgres", made where there is none, as
 * Debian's own package makes it. Otherwise undefined: it runs as whoever we are.
 */
export async function findPostgresUser(log: StackLog): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await findUser("postgres");
  if (known !== undefined) return known;
  log("making the OS user that Postgres runs as", { user: "postgres" });
  try {
    await execFileAsync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  } catch (cause) {
    throw new ValetError(
      "STACK_START_FAILED",
      'Postgres does not run as root, and the OS user "postgres" could not be made. Make it (`useradd --system postgres`), run Valet as an ordinary user, or set DATABASE_URL and HATCHET_CLIENT_TOKEN.',
      {},
      { cause },
    );
  }
  const made = await findUser("postgres");
  if (made !== undefined) return made;
  throw new ValetError("STACK_START_FAILED", 'The OS user "postgres" was made but is not found.');
}

/** Tried rather than computed from modes: access lists and mounts have a say as well. */
export async function canRunAs(
  user: OsUser,
  command: string,
  args: readonly string[],
): Promise<boolean> {
  const { uid, gid } = user;
  const env = { PATH: "/usr/bin:/bin" };
  try {
    await execFileAsync(command, args, { cwd: "/", env, uid, gid });
    return true;
  } catch {
    return false;
  }
}

async function findUser(name: string): Promise<OsUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => (await execFileAsync("id", [flag, name])).stdout.trim()),
    );
    return { name, uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}
