// Made from the .mjs beside it by tsc -p tsconfig.declarations.json; a test compares the two.
export type LockAttempt =
  | {
      kind: "held";
      release: () => void;
    }
  | {
      kind: "busy";
      pid: number;
    };
export declare function tryLock(path: string): LockAttempt;
export declare function withLock<T>(
  {
    path,
    onWait,
  }: {
    path: string;
    onWait?: (pid: number) => void;
  },
  work: () => Promise<T>,
): Promise<T>;
