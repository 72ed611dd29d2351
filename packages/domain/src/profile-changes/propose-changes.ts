import { createHash } from "node:crypto";
import { type ParsedResume, Profile, type ProfileChange, type ReadFrom } from "@valet/contracts";
import { canonicalJson } from "../canonical-snapshot.ts";
import { usable } from "./usable-resume.ts";
import { valueAt, withValueAt, withoutHole } from "./json-pointer.ts";
import { isSameText, isSameValue, plain } from "./same-value.ts";

type Entry = Readonly<Record<string, unknown>>;

/**
 * What a résumé says and the profile does not, or says otherwise, in the order of the résumé. Nothing is
 * ever taken away, and what the profile could not hold is not proposed.
 */
export function proposeChanges(profile: Profile, parsed: ParsedResume): ProfileChange[] {
  const { resume, sources } = usable(parsed);
  const said = { resume, sources };
  return [
    ...scalars.flatMap((pointer) => valueChange(profile, said, pointer, pointer)),
    ...listChanges(profile, said, "basics/profiles", {
      key: "network",
      parts: ["url", "username"],
    }),
    ...listChanges(profile, said, "work", {
      key: "name",
      also: ["position", "startDate"],
      parts: ["position", "location", "startDate", "endDate", "summary", "highlights"],
    }),
    ...listChanges(profile, said, "education", {
      key: "institution",
      also: ["studyType", "area", "startDate"],
      parts: ["studyType", "area", "startDate", "endDate", "score"],
    }),
    ...skillChanges(profile, said),
    ...listChanges(profile, said, "languages", { key: "language", parts: ["fluency"] }),
    ...listChanges(profile, said, "projects", { key: "name", parts: [] }),
    ...listChanges(profile, said, "certificates", { key: "name", parts: [] }),
    ...listChanges(profile, said, "awards", { key: "title", parts: [] }),
  ].filter((change) => isHoldable(profile, change));
}

interface Said {
  readonly resume: unknown;
  readonly sources: Readonly<Record<string, ReadFrom>>;
}

const scalars = [
  "/basics/name",
  "/basics/label",
  "/basics/email",
  "/basics/phone",
  "/basics/url",
  "/basics/location/city",
  "/basics/location/countryCode",
  "/basics/summary",
];

/** How entries of a list are told apart, and what of a known one may be added or said otherwise. */
interface ListRule {
  readonly key: string;
  /** An entry with the same key is another one where all of these that both have differ. */
  readonly also?: readonly string[];
  readonly parts: readonly string[];
}

function listChanges(
  profile: Profile,
  said: Said,
  list: string,
  rule: ListRule,
): readonly ProfileChange[] {
  const known = entriesOf(valueAt(profile, `/${list}`));
  const read = entriesOf(valueAt(said.resume, `/${list}`));
  const taken = new Set<number>();
  let added = known.length;
  return read.flatMap((entry, at) => {
    const from = `/${list}/${at}`;
    const index = known.findIndex(
      (one, place) => !taken.has(place) && isSameEntry(one, entry, rule),
    );
    if (index !== -1) {
      taken.add(index);
      return rule.parts.flatMap((part) =>
        valueChange(profile, said, `${from}/${part}`, `/${list}/${index}/${part}`),
      );
    }
    const pointer = `/${list}/${added}`;
    added += 1;
    const sources = sourcesBelow(said, from);
    return [changeOf({ pointer, kind: "add", to: entry, at: `/${list}/-`, sources })];
  });
}

function isSameEntry(one: Entry, other: Entry, { key, also = [] }: ListRule): boolean {
  if (!isSameText(one[key], other[key])) return false;
  const both = also.filter((name) => one[name] !== undefined && other[name] !== undefined);
  return both.length === 0 || both.some((name) => isSameText(one[name], other[name]));
}

/** A skill is known wherever the profile has it, under whatever heading. */
function skillChanges(profile: Profile, said: Said): readonly ProfileChange[] {
  const groups = entriesOf(profile.skills);
  const known = new Set(
    groups
      .flatMap(({ name, keywords }) => [name, ...listOf(keywords)])
      .map((one) => plain(String(one))),
  );
  const isNew = (word: unknown) => !known.has(plain(String(word)));
  let added = groups.length;
  return entriesOf(valueAt(said.resume, "/skills")).flatMap((skill, at) => {
    const keywords = listOf(skill["keywords"]);
    const missing = keywords.filter(isNew);
    if (keywords.length === 0 ? !isNew(skill["name"]) : missing.length === 0) return [];
    const sourceOf = (word: unknown) =>
      said.sources[`/skills/${at}/keywords/${keywords.indexOf(word)}`];
    const group = groups.findIndex(({ name }) => isSameText(name, skill["name"]));
    if (group !== -1) {
      const had = listOf(groups[group]?.["keywords"]);
      const pointer = `/skills/${group}/keywords`;
      const sources = placed(missing, (index) => `/${had.length + index}`, sourceOf);
      const to = [...had, ...missing];
      return [changeOf({ pointer, kind: "add", to, at: pointer, had, sources })];
    }
    const pointer = `/skills/${added}`;
    added += 1;
    const named = placed(
      ["name"],
      () => "/name",
      () => said.sources[`/skills/${at}/name`],
    );
    const sources = { ...named, ...placed(missing, (index) => `/keywords/${index}`, sourceOf) };
    const to = keywords.length === 0 ? skill : { ...skill, keywords: missing };
    return [changeOf({ pointer, kind: "add", to, at: "/skills/-", sources })];
  });
}

type Sources = Readonly<Record<string, ReadFrom>>;

function placed<T>(
  values: readonly T[],
  pointerOf: (index: number) => string,
  sourceOf: (value: T) => ReadFrom | undefined,
): Sources {
  return Object.fromEntries(
    values.flatMap((value, index) => {
      const source = sourceOf(value);
      return source === undefined ? [] : [[pointerOf(index), source]];
    }),
  );
}

function valueChange(
  profile: Profile,
  said: Said,
  from: string,
  pointer: string,
): readonly ProfileChange[] {
  const to = valueAt(said.resume, from);
  if (to === undefined) return [];
  const had = valueAt(profile, pointer);
  const sources = sourcesBelow(said, from);
  if (had === undefined) return [changeOf({ pointer, kind: "add", to, at: pointer, sources })];
  if (isSameValue(pointer, had, to)) return [];
  return [changeOf({ pointer, kind: "replace", to, at: pointer, had, sources })];
}

/** Where the résumé says what stands there, by pointer below it. */
function sourcesBelow(said: Said, from: string): Sources {
  return Object.fromEntries(
    Object.entries(said.sources)
      .filter(([place]) => place === from || place.startsWith(`${from}/`))
      .map(([place, source]) => [place.slice(from.length), source]),
  );
}

function changeOf({
  pointer,
  kind,
  to,
  at,
  had,
  sources,
}: Pick<ProfileChange, "pointer" | "kind" | "to" | "sources"> & {
  /** Where it goes, the same whatever else was accepted before. */
  readonly at: string;
  readonly had?: unknown;
}): ProfileChange {
  const note = noteOn(at, to);
  return {
    id: createHash("sha256").update(canonicalJson({ at, kind, to })).digest("hex").slice(0, 16),
    pointer,
    kind,
    ...(had === undefined ? {} : { from: had }),
    to,
    sources,
    confidence: Math.min(1, ...Object.values(sources).map((source) => source.confidence)),
    ...(note === undefined ? {} : { note }),
  };
}

/** A job without an end counts as one that the person still has. */
function noteOn(at: string, to: unknown): string | undefined {
  if (at !== "/work/-") return undefined;
  const entry = entriesOf([to])[0];
  return entry?.["endDate"] === undefined
    ? "No end is given, so this counts as a position that you still hold. Check that before you accept it."
    : undefined;
}

function isHoldable(profile: Profile, { pointer, to }: ProfileChange): boolean {
  return Profile.safeParse(withValueAt(profile, withoutHole(profile, pointer), to)).success;
}

export function entriesOf(list: unknown): readonly Entry[] {
  return listOf(list).map((entry): Entry =>
    typeof entry === "object" && entry !== null ? { ...entry } : {},
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
