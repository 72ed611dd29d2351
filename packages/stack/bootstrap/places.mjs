import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/**
 * Where Valet keeps what must survive: databases, keys, logs.
 * @param {Env} env
 * @param {boolean} isRoot
 */
export function stateDir(env, isRoot) {
  if (env.VALET_STATE_DIR) return resolve(env.VALET_STATE_DIR);
  if (isRoot) return "/var/lib/valet";
  return join(env.XDG_STATE_HOME || join(homeOf(env), ".local", "state"), "valet");
}

/**
 * Where Valet keeps what can be made again: engine binaries, copies of Postgres.
 * @param {Env} env
 * @param {boolean} isRoot
 */
export function cacheDir(env, isRoot) {
  if (env.VALET_CACHE_DIR) return resolve(env.VALET_CACHE_DIR);
  if (isRoot) return "/var/cache/valet";
  return join(homeOf(env), ".cache", "valet");
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {Env} env */
function homeOf(env) {
  return env.HOME || homedir();
}
