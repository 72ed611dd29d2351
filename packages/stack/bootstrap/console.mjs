import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./exclusive-lock.mjs";
import { runWithProgress, say } from "./progress.mjs";

const app = join("apps", "console");
/** What goes into it, besides the packages of the lock file. */
const sources = [app, "packages/client/src", "packages/contracts/src"];
const notBuiltFrom = new Set(["node_modules", "dist", ".turbo"]);

/**
 * Builds what people see in their browser, unless it was built from just these files.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureConsole(root, env) {
  if (isCurrent(root)) return;
  mkdirSync(join(root, app, "node_modules"), { recursive: true });
  const lock = {
    path: join(root, app, "node_modules", ".valet-build.lock"),
    onWait: (/** @type {number} */ pid) => say(`waiting for the console, built by process ${pid}`),
  };
  await withLock(lock, async () => {
    if (isCurrent(root)) return;
    const stamp = consoleStamp(root);
    await runWithProgress({
      title: "building the console (once, and after a change of it)",
      command: join(root, "node_modules", ".bin", "node"),
      args: [join(root, app, "node_modules", "vite", "bin", "vite.js"), "build"],
      cwd: join(root, app),
      env,
    });
    writeFileSync(stampPath(root), stamp);
  });
}

/**
 * Changes whenever a build could give something else.
 * @param {string} root
 */
export function consoleStamp(root) {
  const hash = createHash("sha256").update(readFileSync(join(root, "pnpm-lock.yaml")));
  for (const path of sources.flatMap((folder) => filesIn(root, folder))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * In a fixed order, without tests.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (notBuiltFrom.has(entry.name)) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(root, path);
      return /\.(test|fixture)\.tsx?$/.test(entry.name) ? [] : [path];
    });
}

/** @param {string} root */
function isCurrent(root) {
  const path = stampPath(root);
  return existsSync(path) && readFileSync(path, "utf8") === consoleStamp(root);
}

/** In what the build empties first. @param {string} root */
function stampPath(root) {
  return join(root, app, "dist", ".stamp");
}
