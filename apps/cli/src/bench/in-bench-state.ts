import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { type Stack, type SupervisedProcess, endAbandonedStates, startStack } from "@valet/stack";
import { statePlaces } from "../local/state-places.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A place in the temporary folder with servers of its own: nothing of the caller's is touched. */
export interface BenchState {
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly stack: Stack;
  /** What was started last ends first, before the servers do and the folder goes. */
  readonly onClose: (end: () => Promise<void>) => void;
}

const prefix = "valet-bench-state-";

/** Builds what a benchmark measures; should that fail half-way, all that was started ends again. */
export async function inBenchState<Built extends object>(
  env: Env,
  build: (state: BenchState) => Promise<Built>,
  signal: AbortSignal,
): Promise<Built & { readonly close: () => Promise<void> }> {
  const log = () => undefined;
  await endAbandonedStates({ parent: tmpdir(), prefix }, log);
  const stateDir = await mkdtemp(join(tmpdir(), prefix));
  // Browsers run as a user of their own, who has to pass through to the profiles.
  await chmod(stateDir, 0o711);
  const ends: (() => Promise<void>)[] = [() => rm(stateDir, { recursive: true, force: true })];
  const close = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  try {
    const { cacheDir } = statePlaces(env, { stateDir });
    const stack = await startStack({ stateDir, cacheDir, env: { ...env }, log }, signal);
    ends.push(stack.close);
    const onClose = (end: () => Promise<void>) => void ends.push(end);
    return { ...(await build({ stateDir, cacheDir, stack, onClose })), close };
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
