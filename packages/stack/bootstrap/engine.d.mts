// Made from the .mjs beside it by tsc -p tsconfig.declarations.json; a test compares the two.
export declare const engineVersion = "v0.104.7";
export declare function engineBinDir(cacheDir: string): string;
export declare function hasEngineBinaries(binDir: string): boolean;
export declare function hasGo(env: NodeJS.ProcessEnv): Promise<boolean>;
export declare function ensureEngine({
  cacheDir,
  env,
  report,
}: {
  cacheDir: string;
  env: NodeJS.ProcessEnv;
  report?: (line: string) => void;
}): Promise<
  | {
      kind: "present" | "built";
      binDir: string;
    }
  | {
      kind: "no-go";
    }
>;
