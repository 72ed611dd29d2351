import { Profile, type ProfileChange, type ProfileSource } from "@valet/contracts";
import { canonicalJson } from "../canonical-snapshot.ts";
import { valueAt, withValueAt, withoutHole } from "./json-pointer.ts";
import { entriesOf } from "./propose-changes.ts";

/** A profile with the places of what the person did not write, by JSON pointer. */
export interface SourcedProfile {
  readonly profile: Profile;
  readonly sources: Readonly<Record<string, ProfileSource>>;
}

/** Takes changes over. The newest position stays the first where it was before. */
export function acceptChanges(
  { profile, sources }: SourcedProfile,
  changes: readonly ProfileChange[],
  by: Pick<ProfileSource, "resumeId" | "acceptedAt">,
): SourcedProfile {
  let changed: unknown = profile;
  const places = new Map(Object.entries(sources));
  for (const { pointer, to, sources: read } of changes) {
    const at = withoutHole(changed, pointer);
    for (const place of places.keys()) {
      if (place === at || place.startsWith(`${at}/`)) places.delete(place);
    }
    changed = withValueAt(changed, at, to);
    for (const [place, readFrom] of Object.entries(read)) {
      places.set(`${at}${place}`, { ...by, readFrom });
    }
  }
  const accepted = { profile: Profile.parse(changed), sources: Object.fromEntries(places) };
  return ["work", "education"].reduce(
    (last, list) => (isNewestFirst(profile, list) ? newestFirst(last, list) : last),
    accepted,
  );
}

/** Where a value is no longer what was accepted the person has written it: its place goes. */
export function keepSources(
  before: SourcedProfile,
  after: Profile,
): Readonly<Record<string, ProfileSource>> {
  return Object.fromEntries(
    Object.entries(before.sources).filter(([pointer]) => {
      const value = valueAt(after, pointer);
      return value !== undefined && isEqual(value, valueAt(before.profile, pointer));
    }),
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonicalJson({ value: one }) === canonicalJson({ value: other });
}

function isNewestFirst(profile: Profile, list: string): boolean {
  const dates = entriesOf(valueAt(profile, `/${list}`)).map(dateOf);
  return dates.every((date, index) => index === 0 || date <= (dates[index - 1] ?? ""));
}

function newestFirst({ profile, sources }: SourcedProfile, list: string): SourcedProfile {
  const entries = entriesOf(valueAt(profile, `/${list}`));
  const order = entries
    .map((_, index) => index)
    .toSorted((a, b) => dateOf(entries[b]).localeCompare(dateOf(entries[a])) || a - b);
  if (order.every((from, to) => from === to)) return { profile, sources };
  const moved = order.map((index) => entries[index]);
  const places = Object.entries(sources).map(([pointer, source]) => {
    const [, name, index, rest = ""] = /^\/(\w+)\/(\d+)(\/.*)?$/u.exec(pointer) ?? [];
    if (name !== list) return [pointer, source] as const;
    return [`/${list}/${order.indexOf(Number(index))}${rest}`, source] as const;
  });
  return {
    profile: Profile.parse(withValueAt(profile, `/${list}`, moved)),
    sources: Object.fromEntries(places),
  };
}

/** One that has no end yet comes before all others; among those the later beginning. */
function dateOf(entry: Readonly<Record<string, unknown>> | undefined): string {
  const { startDate, endDate } = entry ?? {};
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const end = text(endDate);
  return `${end === "" || /^present$/iu.test(end) ? "9999" : end} ${text(startDate)}`;
}
