import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What `<state>/api.json` says about the Valet that runs on this state. */
export const RunningInstance = z.object({
  url: z.url(),
  /** Of the `valet up` that started it. */
  pid: z.number().int().positive(),
});
export type RunningInstance = z.infer<typeof RunningInstance>;

export function apiKeyFile(stateDir: string): string {
  return join(stateDir, "api-key");
}

function instanceFile(stateDir: string): string {
  return join(stateDir, "api.json");
}

/** Readable by its owner only; whole or not at all. */
export async function writeRunningInstance(
  stateDir: string,
  instance: RunningInstance,
): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  const path = instanceFile(stateDir);
  await writeFile(`${path}.new`, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function forgetRunningInstance(stateDir: string): Promise<void> {
  await rm(instanceFile(stateDir), { force: true });
}

/** What the file says, whether or not anything still runs; undefined without a readable file. */
export async function readRunningInstance(stateDir: string): Promise<RunningInstance | undefined> {
  try {
    const text = await readFile(instanceFile(stateDir), "utf8");
    return RunningInstance.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The Valet that serves on this state at this moment. A file left by a crash does not count. */
export async function findRunningInstance(
  stateDir: string,
  signal: AbortSignal,
): Promise<RunningInstance | undefined> {
  const instance = await readRunningInstance(stateDir);
  if (instance === undefined || !isAlive(instance.pid)) return undefined;
  return (await answers(instance.url, signal)) ? instance : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(3_000)]);
    const response = await fetch(new URL("/healthz", url), { signal: stop });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
