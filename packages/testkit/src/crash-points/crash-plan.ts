import { pathToFileURL } from "node:url";
import { repositoryPath } from "../repository-file.ts";
import type { CrashPoint } from "./list-crash-points.ts";

/** Names the file with the plan in the environment of a process that is to have crash points. */
export const planVariable = "VALET_TEST_CRASH_PLAN";

/** What a process puts into its code: plain data, since it travels as a file. */
export interface CrashPlan {
  /** Of the crash desk. */
  readonly url: string;
  /** By the URL of a module: the texts to insert, the last first. */
  readonly files: Readonly<Record<string, readonly Insertion[]>>;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Each expression becomes `(await crashPoint(…), expression)`, on the same line. */
export function planCrashPoints(url: string, points: readonly CrashPoint[]): CrashPlan {
  const byFile = Object.groupBy(points, ({ file }) => file);
  const files = Object.entries(byFile).map(([file, some = []]) => [
    pathToFileURL(repositoryPath(file)).href,
    some.flatMap(insertionsOf).toSorted(lastFirst),
  ]);
  return { url, files: Object.fromEntries(files) };
}

/** The source with all of them in it. */
export function insertPoints(source: string, insertions: readonly Insertion[]): string {
  return insertions.reduce(
    (text, { at, text: inserted }) => text.slice(0, at) + inserted + text.slice(at),
    source,
  );
}

type Placed = Insertion & { readonly isOpening: boolean; readonly length: number };

function insertionsOf({ name, start, end, clues, isBehind }: CrashPoint): Placed[] {
  const told = `${JSON.stringify(name)}, { ${clues.join(", ")} }`;
  const opening = isBehind
    ? `(globalThis.crashPointBehind(${told}, `
    : `(await globalThis.crashPoint(${told}), `;
  const length = end - start;
  return [
    { at: start, text: opening, isOpening: true, length },
    { at: end, text: isBehind ? "))" : ")", isOpening: false, length },
  ];
}

/** Of two in one place the inner opening and the outer closing come last in the text, so first here. */
function lastFirst(one: Placed, other: Placed): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.isOpening !== other.isOpening) return one.isOpening ? -1 : 1;
  return one.isOpening ? one.length - other.length : other.length - one.length;
}
