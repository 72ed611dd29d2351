import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { type Stack, type SupervisedProcess, endAbandonedStates, startStack } from "@valet/stack";
import { statePlaces } from "../local/state-places.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A place in the temporary folder: nothing of the caller's is touched. */
export interface BenchFolder {
  readonly stateDir: string;
  /** What was started last ends first, before the folder goes. */
  readonly onClose: (end: () => Promise<void>) => void;
}

/** The same with servers of its own, which end before the folder goes. */
export interface BenchState extends BenchFolder {
  readonly cacheDir: string;
  readonly stack: Stack;
}

interface Closable {
  readonly close: () => Promise<void>;
}

const prefix = "valet-bench-state-";

/** Builds what a benchmark measures; should that fail half-way, all that was started ends again. */
export async function inBenchState<Built extends object>(
  env: Env,
  build: (state: BenchState) => Promise<Built>,
  signal: AbortSignal,
): Promise<Built & Closable> {
  const log = () => undefined;
  await endAbandonedStates({ parent: tmpdir(), prefix }, log);
  return inBenchFolder(async (folder) => {
    const { stateDir, onClose } = folder;
    const { cacheDir } = statePlaces(env, { stateDir });
    const stack = await startStack({ stateDir, cacheDir, env: { ...env }, log }, signal);
    onClose(stack.close);
    return build({ ...folder, cacheDir, stack });
  });
}

/** As `inBenchState`, for what needs no servers. */
export async function inBenchFolder<Built extends object>(
  build: (folder: BenchFolder) => Promise<Built>,
): Promise<Built & Closable> {
  const stateDir = await mkdtemp(join(tmpdir(), prefix));
  // Browsers run as a user of their own, who has to pass through to the profiles.
  await chmod(stateDir, 0o711);
  const ends: (() => Promise<void>)[] = [() => rm(stateDir, { recursive: true, force: true })];
  const close = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  const onClose = (end: () => Promise<void>) => void ends.push(end);
  try {
    return { ...(await build({ stateDir, onClose })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where a process said that it listens. */
export function urlOf({ info, name }: SupervisedProcess): string {
  const { url } = info;
  if (typeof url === "string") return url;
  throw new ValetError("STACK_START_FAILED", `"${name}" did not say where it listens.`);
}
