import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * A pid alone can be handed to another process; with its start time it names one process for ever.
 * @typedef {{ readonly pid: number, readonly start: string }} ProcessIdentity
 */

/**
 * The identity of a running process; undefined when there is none (a zombie counts as none).
 * @param {number} pid
 * @returns {ProcessIdentity | undefined}
 */
export function identify(pid) {
  if (process.platform !== "linux") return identifyWithPs(pid);
  const stat = readStat(pid);
  return stat === undefined ? undefined : { pid, start: `${bootId()}:${stat.startTicks}` };
}

/** @returns {ProcessIdentity} */
export function identifySelf() {
  return identify(process.pid) ?? { pid: process.pid, start: "unknown" };
}

/** @param {ProcessIdentity} identity */
export function isRunning(identity) {
  return identify(identity.pid)?.start === identity.start;
}

/**
 * Processes of the session that `leader` opened and that outlived it. While any of them lives the
 * kernel gives the leader's number to nobody else, so a running process with that number and
 * another start time proves that the session is gone.
 * @param {ProcessIdentity} leader
 * @returns {number[]}
 */
export function sessionMembers(leader) {
  if (process.platform !== "linux" || !leader.start.startsWith(`${bootId()}:`)) return [];
  const running = identify(leader.pid);
  if (running !== undefined && running.start !== leader.start) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && readStat(pid)?.session === leader.pid);
}

/** @type {string | undefined} */
let cachedBootId;

function bootId() {
  cachedBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return cachedBootId;
}

/** @param {number} pid */
function readStat(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the command in brackets and may itself hold blanks and brackets.
  const [state, , , session, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return undefined;
  return { session: Number(session), startTicks: rest[15] };
}

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined}
 */
function identifyWithPs(pid) {
  try {
    const start = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
    return start.trim() === "" ? undefined : { pid, start: start.trim() };
  } catch {
    return undefined;
  }
}
