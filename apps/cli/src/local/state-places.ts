import { resolve } from "node:path";
import { cacheDir, isRoot, stateDir } from "@valet/stack";

type Env = Readonly<Record<string, string | undefined>>;

export interface StatePlaces {
  readonly stateDir: string;
  readonly cacheDir: string;
}

/** Where state and caches are: design §10, unless a folder is named for this call. */
export function statePlaces(env: Env, given?: { readonly stateDir: string }): StatePlaces {
  return {
    stateDir: given === undefined ? stateDir(env, isRoot()) : resolve(given.stateDir),
    cacheDir: cacheDir(env, isRoot()),
  };
}
