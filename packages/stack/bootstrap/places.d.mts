// Made from the .mjs beside it by tsc -p tsconfig.declarations.json; a test compares the two.
export type Env = Readonly<Record<string, string | undefined>>;
export declare function stateDir(env: Env, isRoot: boolean): string;
export declare function cacheDir(env: Env, isRoot: boolean): string;
export declare function isRoot(): boolean;
