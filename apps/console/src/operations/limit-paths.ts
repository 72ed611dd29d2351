import { Limits, type PersonLimits } from "@valet/contracts";

/** `["hosts", "jobs.example.com", "perMinute"]`: where a limit stands. Names of hosts have dots themselves. */
export type LimitPath = readonly string[];

export interface SaidLimit {
  readonly path: LimitPath;
  readonly value: number;
}

/** Every limit in it, each with where it stands. */
export function flatLimits(limits: Limits | PersonLimits): SaidLimit[] {
  return flat(limits, []);
}

function flat(group: object, above: LimitPath): SaidLimit[] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]): SaidLimit[] => {
    const path = [...above, key];
    if (typeof value === "number") return [{ path, value }];
    return typeof value === "object" && value !== null ? flat(value, path) : [];
  });
}

/** The limits with this one set, or gone; all else as it was. Groups that hold nothing any more are left out. */
export function withLimit<Said extends Limits | PersonLimits>(
  said: Said,
  path: LimitPath,
  value: number | undefined,
): Said {
  // What is put in stands at a place of the same kind; the server checks it once more.
  return put(said, path, value) as Said;
}

type Group = Readonly<Record<string, unknown>>;

function put(group: object, [key = "", ...rest]: LimitPath, value: number | undefined): Group {
  const { [key]: now, ...others } = group as Group;
  if (rest.length === 0) return value === undefined ? others : { ...others, [key]: value };
  const below = put(typeof now === "object" && now !== null ? now : {}, rest, value);
  return Object.keys(below).length === 0 ? others : { ...others, [key]: below };
}

export function isSamePath(one: LimitPath, other: LimitPath): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}

/** What a person may say of themselves. */
export const ownPaths: readonly LimitPath[] = [["live"], ["perMinute"], ["perDay"]];

const person = ["live", "perMinute", "perDay"];
const host = ["live", "perMinute", "spacingSeconds"];

/** What an admin may say of everybody; of some a name stands where `""` does. */
export const everybodyPaths: readonly LimitPath[] = [
  ["live"],
  ["awaiting"],
  ...person.map((what) => ["user", what]),
  ...person.map((what) => ["platform", what]),
  ...host.map((what) => ["host", what]),
  ["employer", "perDay"],
  ...person.map((what) => ["platforms", "", what]),
  ...host.map((what) => ["hosts", "", what]),
  ["employers", "", "perDay"],
];

/** The number that was typed for a limit; `undefined` for what is none. */
export function parseLimit(path: LimitPath, typed: string): number | undefined {
  const text = typed.trim();
  if (!/^\d+(\.\d+)?$/u.test(text)) return undefined;
  const value = Number(text);
  const isFound = Limits.safeParse(withLimit<Limits>({}, named(path), value)).success;
  return isFound ? value : undefined;
}

/** A person's own limits are checked as everybody's of a person are. */
function named(path: LimitPath): LimitPath {
  const isOwn = path.length === 1 && path[0] !== "live" && path[0] !== "awaiting";
  return isOwn ? ["user", ...path] : path.map((part) => (part === "" ? "name" : part));
}
