import type { DocumentLine } from "@valet/contracts";
import type { JsonResume, ParsedResume, Source } from "../json-resume.ts";
import { findLines } from "./find-lines.ts";
import {
  type Found,
  type FoundMembers,
  type FoundResume,
  educationMembers,
  workMembers,
} from "./read-labels.ts";

/** What is read by rule at least as surely as this stands. */
const sure = 0.8;
/** Of what a model has found: less than what a rule is sure of, more than what it guesses. */
const modelConfidence = 0.75;
/** Entries are written in a few lines. */
const nearLines = 5;

interface Merging {
  readonly sources: Record<string, Source>;
  readonly lines: readonly DocumentLine[];
  /** Pointers that were set here. */
  readonly set: Set<string>;
  /** Lines on which entries and the person's own data stand. */
  readonly taken: Set<number>;
}

/**
 * Puts what a model has found in the document into what the rules have read there:
 *
 * 1. Nothing is removed, and nothing is put in another order.
 * 2. A value that was read with a confidence of 0.8 or more stands. A value that is missing is filled in, and a
 *    less sure one replaced, with the confidence 0.75 and the place where the words stand; the first says it.
 * 3. An entry is the one on whose lines most of it stands, or the one with the same employer or school; never one
 *    that surely says something else. Of an entry, what stands further than five lines from its employer or
 *    title (school or degree) is left out.
 * 4. Anything else is a new entry when it has an employer or title (school, degree or subject) and one thing more,
 *    two of them on lines where no entry and nothing of the person stands; it comes last.
 * 5. Dates that would end before they begin are left out.
 * 6. Skills and languages that are not yet there come last.
 */
export function mergeLabels(
  parsed: ParsedResume,
  found: FoundResume,
  lines: readonly DocumentLine[],
): { readonly parsed: ParsedResume; readonly isRefined: boolean } {
  const { resume } = parsed;
  const merging: Merging = {
    sources: { ...parsed.sources },
    lines,
    set: new Set(),
    taken: new Set(
      Object.entries(parsed.sources)
        .filter(([pointer]) => isHead(pointer))
        .flatMap(([, source]) => findLines(source, lines)),
    ),
  };
  const basics = {
    ...resume.basics,
    ...fill(resume.basics, found.basics, { pointer: "/basics", merging }),
  };
  const work = mergeEntries(resume.work ?? [], found.work, {
    pointer: "/work",
    members: workMembers,
    owner: "name",
    merging,
  });
  const education = mergeEntries(resume.education ?? [], found.education, {
    pointer: "/education",
    members: educationMembers,
    owner: "institution",
    merging,
  });
  const { skills, languages } = mergeLists(resume, found, merging);
  const refined: JsonResume = {
    ...resume,
    basics,
    ...(work.length === 0 ? {} : { work }),
    ...(education.length === 0 ? {} : { education }),
    ...(skills.length === 0 ? {} : { skills }),
    ...(languages.length === 0 ? {} : { languages }),
  };
  return {
    parsed: { resume: refined, sources: merging.sources },
    isRefined: merging.set.size > 0,
  };
}

/** Prose may hold lines that were taken for it, and lists those of what follows them. */
function isHead(pointer: string): boolean {
  return !/^\/(?:skills|languages)\/|\/(?:summary|description|highlights)(?:\/|$)/u.test(pointer);
}

interface Entries<Member extends string> {
  readonly pointer: string;
  /** Its last two are dates. */
  readonly members: readonly Member[];
  /** The employer or school. */
  readonly owner: Member;
  readonly merging: Merging;
}

function mergeEntries<Member extends string, Entry extends Values<Member>>(
  kept: readonly Entry[],
  found: readonly FoundMembers<Member>[],
  { pointer, members, owner, merging }: Entries<Member>,
): (Entry | Values<Member>)[] {
  const { sources, lines, taken } = merging;
  const heads = kept.map(
    (_entry, index) =>
      new Set(
        members.flatMap((member) => {
          const source = sources[`${pointer}/${index}/${member}`];
          return source === undefined ? [] : findLines(source, lines);
        }),
      ),
  );
  const merged: (Entry | Values<Member>)[] = [...kept];
  const isSure = (index: number, member: Member) =>
    (sources[`${pointer}/${index}/${member}`]?.confidence ?? 0) >= sure;

  function matchOf(one: FoundMembers<Member>): number | undefined {
    let best: { readonly index: number; readonly score: number } | undefined;
    for (const [index, entry] of kept.entries()) {
      const given = members.flatMap((member) => one[member] ?? []);
      const standing = given.filter(({ line }) => heads[index]?.has(line) === true).length;
      const score = standing + (isSame(entry[owner], one[owner]?.value) ? 0.5 : 0);
      const saysOther = members.some(
        (member) => isSure(index, member) && isOther(entry[member], one[member]?.value),
      );
      if (score > (best?.score ?? 0) && !saysOther) best = { index, score };
    }
    return best?.index;
  }

  for (const whole of found) {
    const one = nearOf(whole, members);
    const match = matchOf(one);
    if (match !== undefined) {
      const entry = merged[match] ?? {};
      const into = { pointer: `${pointer}/${match}`, merging };
      merged[match] = { ...entry, ...fill<Member>(entry, one, into) };
    } else if (isNewEntry(one, members, taken)) {
      const into = { pointer: `${pointer}/${merged.length}`, merging };
      merged.push(fill<Member>({}, one, into));
      for (const member of members) {
        const line = one[member]?.line;
        if (line !== undefined) taken.add(line);
      }
    }
  }
  return merged;
}

function nearOf<Member extends string>(
  one: FoundMembers<Member>,
  members: readonly Member[],
): FoundMembers<Member> {
  const near: { [Name in Member]?: Found } = {};
  let anchor: number | undefined;
  for (const member of members) {
    const found = one[member];
    if (found === undefined) continue;
    anchor ??= found.line;
    if (Math.abs(found.line - anchor) <= nearLines) near[member] = found;
  }
  return near;
}

function isNewEntry<Member extends string>(
  one: FoundMembers<Member>,
  members: readonly Member[],
  taken: ReadonlySet<number>,
): boolean {
  const [first, second] = members;
  const isNamed = [first, second].some(
    (member) => member !== undefined && one[member] !== undefined,
  );
  const free = members.filter((member) => {
    const line = one[member]?.line;
    return line !== undefined && !taken.has(line);
  });
  return isNamed && free.length >= 2;
}

type Values<Member extends string> = { readonly [Name in Member]?: string | undefined };

/** What of the found is to be taken over, with its sources written down. */
function fill<Member extends string>(
  kept: Values<Member>,
  found: FoundMembers<Member>,
  { pointer, merging }: { readonly pointer: string; readonly merging: Merging },
): Values<Member> {
  const changes: { [Name in Member]?: string } = {};
  for (const member in found) {
    const at = `${pointer}/${member}`;
    const one = found[member];
    const isSettled = merging.set.has(at) || (merging.sources[at]?.confidence ?? 0) >= sure;
    if (one === undefined || isSettled || isSame(kept[member], one.value)) continue;
    changes[member] = one.value;
  }
  const dated: Values<"startDate" | "endDate"> = { ...kept, ...changes };
  const isBackward = isBefore(dated.endDate, dated.startDate);
  const taken: { [Name in Member]?: string } = {};
  for (const member in changes) {
    const one = found[member];
    if (one === undefined || (isBackward && member.endsWith("Date"))) continue;
    taken[member] = one.value;
    write(`${pointer}/${member}`, one, merging);
  }
  return taken;
}

function write(pointer: string, { line, text }: Found, { sources, lines, set }: Merging): void {
  const from = lines[line];
  if (from === undefined) return;
  const { place, box } = from;
  const rest = { text, confidence: modelConfidence };
  sources[pointer] =
    "page" in place ? { page: place.page, box, ...rest } : { paragraph: place.paragraph, ...rest };
  set.add(pointer);
}

function mergeLists(resume: JsonResume, found: FoundResume, merging: Merging) {
  const skills = [...(resume.skills ?? [])];
  const languages = [...(resume.languages ?? [])];
  const known = new Set(
    [
      ...skills.flatMap(({ name, keywords = [] }) => [name, ...keywords]),
      ...languages.map(({ language }) => language),
    ].map(plain),
  );
  const isNew = ({ value, line }: Found) => {
    if (known.has(plain(value)) || merging.taken.has(line)) return false;
    known.add(plain(value));
    return true;
  };
  for (const one of found.languages.filter(isNew)) {
    write(`/languages/${languages.length}/language`, one, merging);
    languages.push({ language: one.value });
  }
  for (const one of found.skills.filter(isNew)) {
    write(`/skills/${skills.length}/name`, one, merging);
    skills.push({ name: one.value });
  }
  return { skills, languages };
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}+#]/gu, "");
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && plain(one) === plain(other);
}

/** Neither says what the other says with less or more words. */
function isOther(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [short, long] = [plain(one), plain(other)].toSorted((a, b) => a.length - b.length);
  return long?.includes(short ?? "") !== true;
}

/** As far as both say it; `present` is after every year. */
function isBefore(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) < other.slice(0, length);
}
