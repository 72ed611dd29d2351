import { join } from "node:path";
import { readIfThere, statePaths, writeWhole } from "./state-files.ts";

/** The port a service of this state had last time, so that addresses stay the same if possible. */
export async function preferredPort(
  stateDir: string,
  service: string,
): Promise<number | undefined> {
  const port = Number(await readIfThere(portFile(stateDir, service)));
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

export async function rememberPort(stateDir: string, service: string, port: number): Promise<void> {
  await writeWhole(portFile(stateDir, service), String(port));
}

function portFile(stateDir: string, service: string): string {
  return join(statePaths(stateDir).run, `${service}.port`);
}
