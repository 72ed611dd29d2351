import type {
  Profile,
  ProfileChange,
  ProfileSources,
  ReadFrom,
  ResumeDetail,
} from "@valet/contracts";
import { leafOf, textsBelow, valueAt } from "../pointer.ts";

export const readGroups = [
  "you",
  "links",
  "work",
  "education",
  "skills",
  "languages",
  "projects",
  "certificates",
  "awards",
] as const;
export type ReadGroupName = (typeof readGroups)[number];

/** How a fact of a résumé stands to what Valet may say of the person. */
export type Standing =
  /** The profile says nothing of it yet. */
  | "new"
  | "kept"
  /** The profile says something else, and that counts. */
  | "differs"
  /** No form is answered with it. */
  | "unused";

export interface ReadFact {
  /** Into the résumé. */
  readonly pointer: string;
  readonly group: ReadGroupName | undefined;
  readonly leaf: string;
  readonly value: string;
  readonly source: ReadFrom;
  readonly standing: Standing;
  readonly change: ProfileChange | undefined;
  /** Into the profile, where that says it or would; nowhere for what is yet to be taken over whole. */
  readonly place: string | undefined;
}

/** What belongs together: a position, a school; of the person themselves all. */
export interface ReadEntry {
  readonly key: string;
  readonly facts: readonly ReadFact[];
  readonly note: string | undefined;
}

export interface ReadGroup {
  readonly name: ReadGroupName;
  readonly entries: readonly ReadEntry[];
}

export interface ReadFactsInput {
  readonly resume: Pick<ResumeDetail, "id" | "parsed" | "changes">;
  readonly profile: Profile;
  readonly sources: ProfileSources["sources"];
}

const leafOrder = [
  "name",
  "institution",
  "title",
  "language",
  "network",
  "position",
  "studyType",
  "area",
  "label",
  "email",
  "phone",
  "address",
  "url",
  "username",
  "issuer",
  "location",
  "startDate",
  "endDate",
  "date",
  "score",
  "level",
  "fluency",
  "summary",
  "description",
  "highlights",
  "keywords",
];

/** Every value that was read, in the order of a résumé: how they are stored keeps none. */
export function readFacts(input: ReadFactsInput): readonly ReadGroup[] {
  const { parsed } = input.resume;
  if (parsed === null) return [];
  const facts = Object.entries(parsed.sources).flatMap(([pointer, source]) => {
    const value = valueAt(parsed.resume, pointer);
    return typeof value === "string" ? [factOf(input, { pointer, source, value })] : [];
  });
  const byGroup = Map.groupBy(facts, ({ pointer }) => groupOf(pointer));
  return readGroups.flatMap((name) => {
    const entries = Map.groupBy(byGroup.get(name) ?? [], ({ pointer }) => entryOf(pointer));
    if (entries.size === 0) return [];
    return [
      {
        name,
        entries: [...entries]
          .toSorted(([one], [other]) => one - other)
          .map(([at, ofEntry]) => ({
            key: `${name}-${at}`,
            facts: ofEntry.toSorted(byPlace),
            note: ofEntry.find(({ change }) => change?.note !== undefined)?.change?.note,
          })),
      },
    ];
  });
}

function factOf(
  { resume, profile, sources }: ReadFactsInput,
  read: Pick<ReadFact, "pointer" | "source" | "value">,
): ReadFact {
  const leaf = leafOf(read.pointer);
  const change = resume.changes.find((one) => isChangeOf(one, read));
  const taken = placeTaken({ resume, profile, sources }, read);
  const place = taken ?? placeOfSame(profile, read) ?? placeOfChange(change, read);
  const isKept = place !== undefined || isKnownCity(profile, read);
  const standing = change === undefined ? (isKept ? "kept" : "unused") : standings[change.kind];
  return { ...read, group: groupOf(read.pointer), leaf, standing, change, place };
}

const standings = { add: "new", replace: "differs" } as const;

function isChangeOf(
  { pointer: at, sources }: ProfileChange,
  { pointer, source }: Pick<ReadFact, "pointer" | "source">,
): boolean {
  if (sectionOf(at) !== sectionOf(pointer)) return false;
  const wanted = leafOf(pointer);
  return Object.entries(sources).some(([below, from]) => {
    const leaf = leafOf(at + below);
    const isLeaf = leaf === wanted || (wanted === "address" && at.startsWith("/basics/location/"));
    return isLeaf && isSamePlace(from, source);
  });
}

function placeTaken(
  { resume, profile, sources }: ReadFactsInput,
  { pointer, source }: Pick<ReadFact, "pointer" | "source">,
): string | undefined {
  return Object.keys(sources).find((place) => {
    const from = sources[place];
    return (
      from?.resumeId === resume.id &&
      sectionOf(place) === sectionOf(pointer) &&
      leafOf(place) === leafOf(pointer) &&
      isSamePlace(from.readFrom, source) &&
      valueAt(profile, place) !== undefined
    );
  });
}

/** Where the profile says the same in one place alone. */
function placeOfSame(
  profile: Profile,
  { pointer, value }: Pick<ReadFact, "pointer" | "value">,
): string | undefined {
  const section = sectionOf(pointer);
  const same = textsBelow(valueAt(profile, section), section).filter(
    ([place, text]) => leafOf(place) === leafOf(pointer) && plain(text) === plain(value),
  );
  return same.length === 1 ? same[0]?.[0] : undefined;
}

/** A place is taken over as its city and its country, where its words are these. */
function isKnownCity(
  { basics }: Profile,
  { pointer, value }: Pick<ReadFact, "pointer" | "value">,
): boolean {
  const city = basics?.location?.city;
  return (
    pointer === "/basics/location/address" &&
    city !== undefined &&
    plain(value.split(",")[0] ?? "") === plain(city)
  );
}

/** Only of a single value: within a new entry there is no place yet. */
function placeOfChange(
  change: ProfileChange | undefined,
  { pointer }: Pick<ReadFact, "pointer">,
): string | undefined {
  return change !== undefined && leafOf(change.pointer) === leafOf(pointer) && "" in change.sources
    ? change.pointer
    : undefined;
}

/** Of the same words in the same line; places that were stored come back with their members in another order. */
function isSamePlace(one: ReadFrom, other: ReadFrom): boolean {
  if (one.text !== other.text) return false;
  if ("paragraph" in one) return "paragraph" in other && one.paragraph === other.paragraph;
  return (
    "page" in other &&
    one.page === other.page &&
    one.box.top === other.box.top &&
    one.box.left === other.box.left
  );
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/^https?:\/\/(www\.)?|[^\p{L}\p{M}\p{N}+#]+/gu, "");
}

function sectionOf(pointer: string): string {
  return /^\/basics\/profiles|^\/[^/]*/u.exec(pointer)?.[0] ?? "";
}

function groupOf(pointer: string): ReadGroupName | undefined {
  const section = sectionOf(pointer).slice(1);
  if (section === "basics/profiles") return "links";
  return section === "basics" ? "you" : readGroups.find((name) => name === section);
}

function entryOf(pointer: string): number {
  const [, at = "0"] = /^\/(?:basics\/profiles|\w+)\/(\d+)/u.exec(pointer) ?? [];
  return Number(at);
}

function byPlace(one: ReadFact, other: ReadFact): number {
  const at = (leaf: string) => leafOrder.indexOf(leaf);
  const lastOf = (pointer: string) => Number(/\d+$/u.exec(pointer)?.[0] ?? 0);
  return at(one.leaf) - at(other.leaf) || lastOf(one.pointer) - lastOf(other.pointer);
}
