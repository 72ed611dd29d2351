import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** What the processes of a state have printed so far, each under its name. */
export async function readLogs(stateDir: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(stateDir, "logs");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".log"));
  const texts = names.map(async (name) => {
    const text = await readFile(join(folder, name), "utf8");
    return [name.replace(/\.log$/, ""), text] as const;
  });
  return new Map(await Promise.all(texts));
}
