import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import { access, constants, mkdir } from "node:fs/promises";
import path from "node:path";
import {
  type EgressPolicy,
  type OsUser,
  assertExecutable,
  canEnter,
  decideSandbox,
  findOsUser,
  practiceTrustArg,
} from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { isPrivateAddress, parseAllowPrivate } from "@valet/domain";
import { readPracticeHosts } from "@valet/runtime";
import type { SessionHostConfig } from "./session-host-config.ts";
import type { BrowserSettings } from "./start-warm-browser.ts";

/** What the bootstrap makes on a machine where Valet runs as root. */
const browserUser = "valet-browser";
/** Where Debian puts TigerVNC's; `Xvnc` may be another maker's. */
const displayProgram = "/usr/bin/Xtigervnc";
/** For a state folder that the browsers' user cannot enter, such as one in root's home. */
const fallbackDir = "/var/lib/valet-browser";

export interface BrowserPlaces {
  readonly settings: BrowserSettings;
  /** What browsers may reach. */
  readonly egress: EgressPolicy;
  /** `undefined`: in the state. */
  readonly profilesDir: string | undefined;
}

/**
 * Finds out at the start what would keep every browser from starting. As root browsers run as a user
 * of their own with their sandbox on, unless the development flag says otherwise.
 *
 * @throws ValetError `CHROMIUM_MISSING`, `CONFIG_INVALID` with the command that mends it.
 */
export async function readBrowserSettings(
  from: SessionHostConfig,
  stateDir: string,
): Promise<BrowserPlaces> {
  const { VALET_CHROMIUM: executablePath, VALET_ALLOW_NO_SANDBOX: allowNoSandbox } = from;
  await assertExecutable(executablePath);
  const name = from.VALET_BROWSER_USER ?? (isRoot() && !allowNoSandbox ? browserUser : undefined);
  const osUser = name === undefined ? undefined : await findOsUser(name);
  decideSandbox({ osUser, allowNoSandbox });
  const practiceHosts = await readPracticeHosts(from.VALET_PRACTICE_HOSTS);
  return {
    settings: {
      executablePath,
      osUser,
      allowNoSandbox,
      args: practiceHosts === undefined ? [] : [practiceTrustArg(practiceHosts)],
      displayProgram: await chooseDisplayProgram(from.VALET_DISPLAY),
    },
    egress: {
      allowPrivate: parseAllowPrivate(from.VALET_ALLOW_PRIVATE ?? ""),
      practiceHosts,
      lookUpHost: lookUpAll,
      isPrivateAddress,
    },
    profilesDir: await chooseProfilesDir(stateDir, osUser),
  };
}

/** @throws ValetError `CONFIG_INVALID` when displays are wanted and cannot be had. */
async function chooseDisplayProgram(
  wanted: SessionHostConfig["VALET_DISPLAY"],
): Promise<string | undefined> {
  if (wanted === "headless") return undefined;
  const isThere = await access(displayProgram, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isThere) return displayProgram;
  if (wanted === undefined) return undefined;
  throw new ValetError(
    "CONFIG_INVALID",
    `VALET_DISPLAY=headful asks for a display for each browser, but there is no ${displayProgram}, so no browser was started. Install it (apt-get install -y --no-install-recommends tigervnc-standalone-server) or set VALET_DISPLAY=headless.`,
  );
}

async function lookUpAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

async function chooseProfilesDir(
  stateDir: string,
  osUser: OsUser | undefined,
): Promise<string | undefined> {
  if (osUser === undefined || !isRoot()) return undefined;
  await mkdir(stateDir, { recursive: true });
  if (await canEnter(stateDir, osUser)) return undefined;
  // The same one for the same state, so that the next host finds what this one may leave.
  const name = createHash("sha256").update(path.resolve(stateDir)).digest("hex").slice(0, 12);
  return path.join(fallbackDir, name);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
