import { execFile } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { OsUser } from "@valet/browser";

/** A program that starts Chromium as another user, with a profile of that user's own. */
export interface ChromiumAsUser {
  readonly executablePath: string;
  /** All it sees of our environment: ours holds secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes the program and the profile; the browser must have ended. */
  readonly close: () => Promise<void>;
}

/** Playwright itself can start a browser only as the user we are, and root gets no sandbox from Chromium. */
export async function createChromiumAsUser(
  chromium: string,
  { uid, gid }: OsUser,
): Promise<ChromiumAsUser> {
  const folder = await mkdtemp(join(tmpdir(), "valet-offline-"));
  const profile = join(folder, "profile");
  const executablePath = join(folder, "chromium");
  await chmod(folder, 0o755);
  await mkdir(profile, { mode: 0o700 });
  await chown(profile, uid, gid);
  // Of several folders for the profile Chromium takes the last one named.
  const command = `exec setpriv --reuid=${uid} --regid=${gid} --clear-groups -- ${quoted(chromium)} "$@" ${quoted(`--user-data-dir=${profile}`)}`;
  await writeFile(executablePath, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return {
    executablePath,
    env: { HOME: profile, PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" },
    close: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Tried, since access lists and mounts have a say as well. */
export async function canRead(file: string, { uid, gid }: OsUser): Promise<boolean> {
  try {
    await promisify(execFile)("test", ["-r", file], { cwd: "/", uid, gid });
    return true;
  } catch {
    return false;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
