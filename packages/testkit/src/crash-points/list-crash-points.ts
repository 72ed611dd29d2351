import { readRepositoryFile } from "../repository-file.ts";
import { guardedModules } from "./guarded-modules.ts";
import { type Awaited, readAwaits } from "./read-awaits.ts";

/** A place before an effect on something outside the process. */
export interface CrashPoint {
  /** `dispatch#armGate:learn`: file, function, what comes next; numbered where that is not unique. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Of the expression that has the effect, in UTF-16 units of the file. */
  readonly start: number;
  readonly end: number;
  /** It stands behind the expression: what follows its answer is not waited for. */
  readonly isBehind: boolean;
  /** Variables that may say whose application it is. */
  readonly clues: readonly string[];
}

/**
 * Looking changes nothing, so a crash before it is the same as one before the effect that follows. The
 * project's names say which of the two a function does.
 */
const looks =
  /^(find|list|get|read|count|look|is[A-Z]|view$|delay$|wait$|select$|set$|assert|check|collect|takeScreenshot|why|explain|until|now$|runState|ofSession|withinTime|lockPerson|map$|from$|transaction$|execute$|tryExclusively|requireDigest)/;
/** Promises that are only ever handed on. */
const handedOn = new Set(["pushEvent", "cancelRun", "start", "spawnChild", "waitFor"]);
/** Guarded themselves, but at each place where they are called they do something else. */
const namedWhereCalled = new Set(["writeTask", "setIntentState", "keepScreenshot", "attach"]);
/** One statement each, so the place of the call says it all. */
const withoutOwn = new Set(["setIntentState"]);
/** The gate lets a request go in the moment in which it has the answer. */
const decisions = new Set(["submission.maySubmit"]);
/** As a member of something they may be anybody's. */
const commonNames = new Set(["close", "end", "open"]);

/** The list is read from the code itself: a new await in a guarded file is a new point. */
export async function listCrashPoints(): Promise<CrashPoint[]> {
  const files = await Promise.all(
    guardedModules.map(async (file) => {
      const awaits = readAwaits(await readRepositoryFile(file));
      return { file, awaits };
    }),
  );
  const all = files.flatMap(({ awaits }) => awaits);
  // What is itself guarded has points of its own, and nothing happens before the first of them.
  const guarded = new Set(all.map(({ inFunction }) => inFunction));
  const awaited = new Set(all.filter(isWaitedFor).flatMap(({ calls }) => calls.map(lastName)));
  const isEffect = (call: string, isReturned: boolean): boolean => {
    const name = lastName(call);
    if (looks.test(name)) return false;
    if (isReturned && !awaited.has(name) && !handedOn.has(name)) return false;
    if (namedWhereCalled.has(name) || (name !== call && commonNames.has(name))) return true;
    return !guarded.has(name);
  };
  return files.flatMap(({ file, awaits }) => {
    const seen = new Map<string, number>();
    return awaits.flatMap(({ inFunction, calls, isReturned, start, end, clues }) => {
      const effect = calls.find((call) => isEffect(call, isReturned));
      if (effect === undefined || withoutOwn.has(inFunction)) return [];
      const base = `${fileName(file)}#${inFunction}:${effect}`;
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      const name = count === 1 ? base : `${base}:${count}`;
      return { name, file, start, end, clues, isBehind: decisions.has(effect) };
    });
  });
}

function lastName(call: string): string {
  return call.replace(/^.*\./, "");
}

function isWaitedFor({ isReturned }: Awaited): boolean {
  return !isReturned;
}

function fileName(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.ts$/, "");
}
