// Made from the .mjs beside it by tsc -p tsconfig.declarations.json; a test compares the two.
export type ProcessIdentity = {
  readonly pid: number;
  readonly start: string;
};
export declare function identify(pid: number): ProcessIdentity | undefined;
export declare function identifySelf(): ProcessIdentity;
export declare function isRunning(identity: ProcessIdentity): boolean;
export declare function sessionMembers(leader: ProcessIdentity): number[];
