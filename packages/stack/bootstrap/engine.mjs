import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./exclusive-lock.mjs";
import { capture, runWithProgress, say } from "./progress.mjs";

/** The engine that Valet is built and tested against. */
export const engineVersion = "v0.104.7";

const moduleDir = fileURLToPath(new URL("../engine", import.meta.url));
const module = "github.com/hatchet-dev/hatchet/cmd";
const binaries = ["hatchet-lite", "hatchet-migrate", "hatchet-admin"];

/**
 * Where this version's binaries are or will be: another pin gives another folder.
 * @param {string} cacheDir
 */
export function engineBinDir(cacheDir) {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(moduleDir, file)));
  return join(cacheDir, "engine", `${engineVersion}-${hash.digest("hex").slice(0, 12)}`);
}

/** @param {string} binDir */
export function hasEngineBinaries(binDir) {
  return binaries.every((name) => existsSync(join(binDir, name)));
}

/**
 * Whether this machine has a Go that can build the engine; an older one fetches the toolchain that
 * go.mod asks for, which Go does since 1.21.
 * @param {NodeJS.ProcessEnv} env
 */
export async function hasGo(env) {
  try {
    const { code, output } = await capture({ command: "go", args: ["version"], env });
    const [, minor] = /\bgo1\.(\d+)/.exec(output) ?? [];
    return code === 0 && Number(minor) >= 21;
  } catch {
    return false;
  }
}

/**
 * Builds the engine once into the cache; does nothing when it is there.
 *
 * @param {{ cacheDir: string, env: NodeJS.ProcessEnv, report?: (line: string) => void }} input
 * @returns {Promise<{ kind: "present" | "built", binDir: string } | { kind: "no-go" }>}
 * @throws {Error} with the compiler's last words when the build fails
 */
export async function ensureEngine({ cacheDir, env, report = say }) {
  const binDir = engineBinDir(cacheDir);
  if (hasEngineBinaries(binDir)) return { kind: "present", binDir };
  if (!(await hasGo(env))) return { kind: "no-go" };
  mkdirSync(join(cacheDir, "engine"), { recursive: true });
  const lock = {
    path: `${binDir}.lock`,
    onWait: (/** @type {number} */ pid) => report(`process ${pid} is building the engine; waiting`),
  };
  return withLock(lock, async () => {
    if (hasEngineBinaries(binDir)) return { kind: "present", binDir };
    await build({ binDir, env, report });
    return { kind: "built", binDir };
  });
}

/** @param {{ binDir: string, env: NodeJS.ProcessEnv, report: (line: string) => void }} input */
async function build({ binDir, env, report }) {
  const draft = `${binDir}.building.${process.pid}`;
  removeDrafts(binDir);
  mkdirSync(draft, { recursive: true });
  try {
    await runWithProgress({
      title: "building the Hatchet engine, about 2 minutes once",
      command: "go",
      args: [
        "build",
        "-trimpath",
        "-ldflags",
        `-s -w -X main.Version=${engineVersion}`,
        "-o",
        `${draft}/`,
        ...binaries.map((name) => `${module}/${name}`),
      ],
      cwd: moduleDir,
      env: { ...env, GOFLAGS: "-mod=readonly", CGO_ENABLED: "0", GOWORK: "off" },
      report,
    });
    rmSync(binDir, { recursive: true, force: true });
    renameSync(draft, binDir);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Drafts of builds that were killed; only the holder of the lock may come here.
 * @param {string} binDir
 */
function removeDrafts(binDir) {
  const parent = join(binDir, "..");
  const prefix = `${binDir}.building.`.slice(parent.length + 1);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
