import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const childFile = fileURLToPath(new URL("parse-child.ts", import.meta.url));
const denyNetworkUrl = new URL("deny-network.ts", import.meta.url).href;

/** Of this program and of what it is made with: neither a person's files nor keys are there. */
const programFolders = ["packages", "node_modules"].map((name) =>
  fileURLToPath(new URL(`../../../../${name}`, import.meta.url)),
);

/** How a child is started that may read program files, and neither write, start anything, nor make code from text. */
export function parseChildArguments(heapMb: number): readonly string[] {
  return [
    `--max-old-space-size=${heapMb}`,
    // Otherwise it grows by a hundred megabytes before it collects anything.
    "--max-semi-space-size=4",
    "--permission",
    ...programFolders.map((folder) => `--allow-fs-read=${folder}/*`),
    "--disallow-code-generation-from-strings",
    `--import=${denyNetworkUrl}`,
  ];
}

/**
 * The process that reads documents, with no variable of ours and, where the kernel allows it, no network. It
 * is ready: what a busy machine needs to start it is no document's fault.
 */
export async function startParseChild(heapMb: number, signal: AbortSignal): Promise<ChildProcess> {
  const node = [process.execPath, ...parseChildArguments(heapMb), childFile];
  const [command = process.execPath, ...given] = [...(await withoutNetwork()), ...node];
  const child = spawn(command, given, {
    serialization: "advanced",
    // There are keys among the variables.
    env: {},
    stdio: ["pipe", "ignore", "ignore", "ipc"],
  });
  child.stdin?.on("error", () => undefined);
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  try {
    await once(child, "message", { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (cause) {
    child.kill("SIGKILL");
    signal.throwIfAborted();
    throw new Error("The process that reads documents did not start.", { cause });
  }
  // What follows an error is the exit.
  child.on("error", () => undefined);
  return child;
}

/** For those who may not make a network namespace unless they make themselves one of users, and for root. */
const ways = [
  ["unshare", "--user", "--map-root-user", "--net"],
  ["unshare", "--net"],
];

let found: Promise<readonly string[]> | undefined;

/** The command that runs another in a network of its own, where nothing is; empty where nobody may have one. */
export function withoutNetwork(): Promise<readonly string[]> {
  found ??= findWay();
  return found;
}

async function findWay(): Promise<readonly string[]> {
  for (const [command = "", ...flags] of ways) {
    try {
      await promisify(execFile)(command, [...flags, "true"], { env: {} });
      return [command, ...flags];
    } catch {
      // Not here, or not allowed.
    }
  }
  return [];
}
