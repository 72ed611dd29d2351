import { chown, mkdir, readlink, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { chromiumPreferences } from "./chromium-flags.ts";
import type { OsUser } from "./find-os-user.ts";

export interface NewProfile {
  readonly userDataDir: string;
  /** Who it is for; without it, ourselves. */
  readonly osUser?: OsUser | undefined;
  /** The key to the display that the browser is shown on. */
  readonly displayAuthority?: Buffer | undefined;
}

/** A fresh profile folder with our settings, readable by its browser's user only. */
export async function createProfile(profile: NewProfile): Promise<void> {
  const { userDataDir, osUser, displayAuthority } = profile;
  const folder = path.join(userDataDir, "Default");
  const settings = path.join(folder, "Preferences");
  await mkdir(userDataDir, { recursive: true, mode: 0o700 });
  await mkdir(folder, { mode: 0o700 });
  await writeFile(settings, JSON.stringify(chromiumPreferences), { mode: 0o600 });
  const places = [userDataDir, folder, settings];
  if (displayAuthority !== undefined) {
    const file = authorityFile(userDataDir);
    await writeFile(file, displayAuthority, { mode: 0o600 });
    places.push(file);
  }
  if (osUser === undefined) return;
  for (const place of places) {
    await chown(place, osUser.uid, osUser.gid);
  }
}

export function authorityFile(userDataDir: string): string {
  return path.join(userDataDir, "xauthority");
}

/**
 * Removes a profile whose browser has ended, with the socket folder that a killed Chromium leaves
 * in the temporary directory.
 */
export async function removeProfile(userDataDir: string): Promise<void> {
  const socket = await readlink(path.join(userDataDir, "SingletonSocket")).catch(() => undefined);
  if (socket !== undefined) {
    const folder = path.dirname(socket);
    if (socketFolder.test(folder)) await remove(folder);
  }
  await remove(userDataDir);
}

/** The profile is the browser's to write, so its word is taken for such names only. */
const socketFolder = /^\/tmp\/\.?org\.chromium\.Chromium\.\w{6}$/;

/** Retried, since helper processes may still write for some milliseconds after the browser's end. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
