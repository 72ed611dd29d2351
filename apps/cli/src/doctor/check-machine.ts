import { constants, existsSync } from "node:fs";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { engineBinDir } from "@valet/stack";
import type { StatePlaces } from "../local/state-places.ts";
import { type CheckResult, broken, note, ok } from "./check-result.ts";

const neededNode = 24;

export function checkNode(version: string): CheckResult {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1]);
  if (major >= neededNode) return ok("node", `Node ${version} runs Valet.`);
  return broken(
    "node",
    `Node ${version} is too old: Valet needs ${neededNode} or later and brings its own.`,
    "Start it as `npm run -s valet -- VERB`, which uses the Node that comes with it.",
  );
}

export async function checkChromium(path: string): Promise<CheckResult> {
  try {
    await access(path, constants.X_OK);
    return ok("chromium", `Chromium is ${path}.`);
  } catch {
    return broken(
      "chromium",
      `There is no Chromium to run at ${path}: no form can be opened.`,
      "sudo apt-get install -y --no-install-recommends chromium fonts-liberation (or set VALET_CHROMIUM to its path)",
    );
  }
}

/** As root Chromium has a sandbox only when it runs as another user. */
export async function checkBrowserUser(input: {
  readonly isRoot: boolean;
  readonly named: string | undefined;
  readonly withoutSandbox: boolean;
}): Promise<CheckResult> {
  const { isRoot, named, withoutSandbox } = input;
  if (named === undefined && !isRoot)
    return ok("sandbox", "Browsers run as you, in their sandbox.");
  if (named === undefined && withoutSandbox) {
    return note(
      "sandbox",
      "VALET_ALLOW_NO_SANDBOX is set: browsers run as root without a sandbox.",
    );
  }
  const name = named ?? "valet-browser";
  const accounts = await readFile("/etc/passwd", "utf8");
  if (accounts.split("\n").some((line) => line.startsWith(`${name}:`))) {
    return ok("sandbox", `Browsers run as ${name}, in their sandbox.`);
  }
  return broken(
    "sandbox",
    `There is no user ${name} for browsers to run as: no form can be opened.`,
    `useradd --system --user-group --no-create-home ${name}`,
  );
}

/** What gives each browser a display of its own, and people a way to see it. */
export async function checkDisplay(
  wanted: "headful" | "headless" | undefined,
  path = "/usr/bin/Xtigervnc",
): Promise<CheckResult> {
  if (wanted === "headless") {
    return note(
      "display",
      "VALET_DISPLAY is headless: nobody can look at a browser or take it over.",
    );
  }
  if (existsSync(path)) return ok("display", "Each browser has a display that you can open.");
  const fix = "sudo apt-get install -y --no-install-recommends tigervnc-standalone-server";
  const lost = `There is no Xvnc at ${path}: nobody can look at a browser or take it over.`;
  return wanted === undefined ? note("display", `${lost} ${fix}`) : broken("display", lost, fix);
}

/** For a machine without REDIS_URL: Valet starts its own. */
export function checkRedisProgram(searchPath: string | undefined): CheckResult {
  const folders = (searchPath ?? "/usr/bin:/usr/local/bin").split(delimiter);
  const found = folders.map((folder) => join(folder, "redis-server")).find(existsSync);
  if (found !== undefined) return ok("redis", `redis-server is ${found}; \`up\` starts it.`);
  return broken(
    "redis",
    "redis-server is not installed and REDIS_URL is not set: Valet cannot start.",
    "sudo apt-get install -y --no-install-recommends redis-server (or set REDIS_URL)",
  );
}

/** For a machine without HATCHET_CLIENT_TOKEN: whether an engine of its own can be started. */
export function checkEngineProgram(cacheDir: string): CheckResult {
  const folder = engineBinDir(cacheDir);
  if (existsSync(join(folder, "hatchet-lite"))) {
    return ok("engine.program", `The Hatchet engine is built in ${folder}.`);
  }
  return note(
    "engine.program",
    "The Hatchet engine is not built yet; the first `up` builds it with Go (about 2 minutes) or, without Go, downloads it.",
  );
}

export async function checkFolders({ stateDir, cacheDir }: StatePlaces): Promise<CheckResult[]> {
  return [
    await checkFolder("state-dir", stateDir, "VALET_STATE_DIR"),
    await checkFolder("cache-dir", cacheDir, "VALET_CACHE_DIR"),
  ];
}

async function checkFolder(check: string, path: string, variable: string): Promise<CheckResult> {
  const place = nearestExisting(path);
  try {
    // Tried rather than computed: a read-only disk or an access list has a say as well.
    await rm(await mkdtemp(join(place, ".valet-doctor-")), { recursive: true });
    const isThere = place === path ? "can be written to" : "will be made at the first start";
    return ok(check, `${path} ${isThere}.`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return broken(
      check,
      `${path} cannot be written to${code}: nothing can be kept there.`,
      `Set ${variable} to a folder of yours, or correct the rights of ${place}.`,
    );
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
