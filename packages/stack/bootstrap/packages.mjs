import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./exclusive-lock.mjs";
import { say } from "./progress.mjs";

/**
 * Installs node_modules when the lock file or a package.json differs from the last install.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensurePackages(root, env) {
  if (isCurrent(root)) return;
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const lock = {
    path: join(root, "node_modules", ".valet-install.lock"),
    onWait: (/** @type {number} */ pid) => say(`waiting for the install by process ${pid}`),
  };
  await withLock(lock, async () => {
    if (isCurrent(root)) return;
    const stamp = packagesStamp(root);
    say("installing packages (once, and after a change of the lock file)");
    await install(root, env);
    writeFileSync(stampPath(root), stamp);
  });
}

/**
 * Changes whenever an install could give something else.
 * @param {string} root
 */
export function packagesStamp(root) {
  const hash = createHash("sha256");
  const manifests = ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .toSorted()
      .map((name) => join(folder, name, "package.json")),
  );
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} root */
function isCurrent(root) {
  const path = stampPath(root);
  return (
    existsSync(join(root, "node_modules", ".bin", "node")) &&
    existsSync(path) &&
    readFileSync(path, "utf8") === packagesStamp(root)
  );
}

/** @param {string} root */
function stampPath(root) {
  return join(root, "node_modules", ".valet-stamp");
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function install(root, env) {
  const version = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.pnpm;
  const [command, ...args] = pnpmCommand(root, version);
  const code = await new Promise((resolve, reject) => {
    // With CI set pnpm never asks, not even before it replaces a foreign node_modules.
    const child = spawn(command, [...args, "install", "--frozen-lockfile"], {
      cwd: root,
      env: { ...env, CI: "true" },
      stdio: ["ignore", 2, 2],
    });
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) {
    throw new Error(
      `pnpm could not install the packages (${code}); its own words stand above.\n` +
        "If a package.json was changed by hand, run `npx pnpm install` once to bring the lock file up to date.",
    );
  }
}

/**
 * The pnpm that is already installed saves a question to the registry.
 * @param {string} root
 * @param {string} version
 * @returns {[string, ...string[]]}
 */
function pnpmCommand(root, version) {
  const manifest = join(root, "node_modules", "pnpm", "package.json");
  const binary = join(root, "node_modules", ".bin", "pnpm");
  if (existsSync(manifest) && existsSync(binary)) {
    if (JSON.parse(readFileSync(manifest, "utf8")).version === version) return [binary];
  }
  return ["npx", "--yes", `pnpm@${version}`];
}
