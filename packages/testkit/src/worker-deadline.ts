import { readRepositoryFile } from "./repository-file.ts";

/** How long a worker that is told to stop may take to end, in seconds: read from its main.ts. */
export async function workerDeadlineSeconds(): Promise<number> {
  const main = await readRepositoryFile("apps/worker/src/main.ts");
  const drainMs = /const drainMs = ([\d_]+);/.exec(main)?.[1];
  const marginMs = /deadlineMs: drainMs \+ ([\d_]+)/.exec(main)?.[1];
  if (drainMs === undefined || marginMs === undefined) {
    throw new Error("The worker's main.ts no longer says how long it drains; say it here anew.");
  }
  return [drainMs, marginMs].reduce((sum, ms) => sum + Number(ms.replaceAll("_", "")), 0) / 1_000;
}
