import { readFileSync } from "node:fs";
import { capture, say } from "./progress.mjs";

/** The user that browsers run as on a machine where Valet runs as root. */
export const browserUser = "valet-browser";

/**
 * @typedef {{ isRoot: boolean, accounts: string, env: Readonly<Record<string, string | undefined>> }} Accounts
 */

/**
 * Whether the user has to be made: only as root, and only when nothing else was asked for. Pure.
 * @param {Accounts} machine `accounts` is the text of /etc/passwd
 */
export function needsBrowserUser({ isRoot, accounts, env }) {
  if (!isRoot || env.VALET_BROWSER_USER) return false;
  return !accounts.split("\n").some((line) => line.startsWith(`${browserUser}:`));
}

/**
 * Chromium has no sandbox as root, so it gets a user of its own. When it cannot be made the session
 * host says so, with the command.
 * @param {{ isRoot: boolean, env: NodeJS.ProcessEnv }} machine
 */
export async function ensureBrowserUser({ isRoot, env }) {
  if (!isRoot) return;
  const accounts = readFileSync("/etc/passwd", "utf8");
  if (!needsBrowserUser({ isRoot, accounts, env })) return;
  // A shell without login has no sbin on its path.
  const path = `${env.PATH ?? ""}:/usr/sbin:/sbin`;
  const args = ["--system", "--user-group", "--no-create-home", browserUser];
  try {
    const { code, output } = await capture({
      command: "useradd",
      args,
      env: { ...env, PATH: path },
    });
    if (code !== 0) say(`the user ${browserUser} could not be made: ${output.trim()}`);
  } catch {
    say(`the user ${browserUser} could not be made: there is no useradd here`);
  }
}
