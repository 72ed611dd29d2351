import { findPlace } from "../facts/places.ts";
import { findScore } from "../facts/scores.ts";
import { type Sourced, sourced } from "../facts/sourced.ts";
import { namesDegree, namesSchool } from "../facts/word-lists.ts";
import type { TextLine } from "../layout/text-document.ts";
import { type DateSpan, dateSpan } from "./date-span.ts";
import { type Fragment, headFragments } from "./head-fragments.ts";
import { type Entry, splitEntries } from "./split-entries.ts";

export interface EducationEntry extends DateSpan {
  readonly institution?: Sourced;
  readonly studyType?: Sourced;
  readonly area?: Sourced;
  readonly score?: Sourced;
}

export function readEducation(section: readonly TextLine[]): readonly EducationEntry[] {
  return splitEntries(section)
    .map(readEntry)
    .filter(({ institution, studyType, area }) =>
      [institution, studyType, area].some((value) => value !== undefined),
    );
}

function readEntry(entry: Entry): EducationEntry {
  const head = headFragments(entry.head);
  const isNamed = head.some(({ text }) => isDegree(text));
  // Some list below the school what was learned there.
  const below = isNamed ? [] : headFragments(entry.body.slice(0, 4).filter(isShort));
  const fragments = [...head, ...below]
    .filter(({ isPlace, text }) => !isPlace && findScore(text) === undefined)
    .flatMap(apart);
  const school =
    fragments.find(({ text }) => namesSchool(text) && !isDegree(text)) ??
    fragments.find(({ text }) => namesSchool(text));
  const degree = fragments.find((one) => one !== school && isDegree(one.text));
  const rest = fragments.filter((one) => one !== school && one !== degree);
  const named =
    school ??
    (degree === undefined ? rest[0] : (rest.find(({ style }) => style.isBold) ?? rest[0]));
  const { studyType, area } = readDegree(degree);
  const spare =
    rest.find((one) => one !== named && isSubject(one.text)) ??
    besideDegree(fragments, { degree, named });
  const subject = area ?? (spare === undefined ? undefined : from(spare, 0.75));
  const score = scoreIn([...entry.head, ...entry.body]);
  return {
    ...(named === undefined ? {} : { institution: from(named, school === undefined ? 0.6 : 0.93) }),
    ...(studyType === undefined ? {} : { studyType }),
    ...(subject === undefined ? {} : { area: subject }),
    ...datesOf(entry),
    ...(score === undefined ? {} : { score }),
  };
}

/** A few words right after the degree say of what, or right before it. */
function besideDegree(
  fragments: readonly Fragment[],
  {
    degree,
    named,
  }: { readonly degree: Fragment | undefined; readonly named: Fragment | undefined },
): Fragment | undefined {
  if (degree === undefined) return undefined;
  const at = fragments.indexOf(degree);
  const [before, after] = [fragments[at - 1], fragments[at + 1]];
  const isTold = (one: Fragment | undefined): one is Fragment =>
    one !== undefined && one !== named && /^\p{Lu}[^\d.!?]{2,60}$/u.test(one.text);
  if (isTold(after)) return after;
  return isTold(before) ? before : undefined;
}

function isShort({ text }: TextLine): boolean {
  return text.length < 80;
}

function from({ text, line }: Fragment, confidence: number): Sourced {
  return sourced(text, line, text, confidence);
}

/** "Princeton University, Computer Science" and "BS, Physics" are two things each. */
function apart(fragment: Fragment): readonly Fragment[] {
  const { text } = fragment;
  for (const { index } of text.matchAll(/,\s+/gu)) {
    const [before, after] = [text.slice(0, index), text.slice(index + 1).trim()];
    const isCut =
      (namesSchool(before) && isDegree(after)) ||
      (isDegree(before) && namesSchool(after)) ||
      (!isDegree(before) && isDegree(after) && isSubject(before)) ||
      (namesSchool(before) &&
        !namesSchool(after) &&
        findPlace(`${after}, X`) === undefined &&
        isSubject(after));
    if (isCut) return [before, after].flatMap((piece) => apart({ ...fragment, text: piece }));
  }
  return [fragment];
}

/** What universities teach, as far as it is told from the names of their towns. */
function isSubject(text: string): boolean {
  return /(?:science|engineering|studies|arts|economics|mathematics|physics|chemistry|biology|history|law|medicine|business|management|administration|design|philosophy|psychology|informatik|wissenschaft|technik|marketing|finance|accounting|literature|linguistics|education|journalism|nursing|statistics|sociology|politics|music|theology|architecture|informatics|computing|technology|relations|communications?|banking|logistics|languages|geography|pharmacy|dentistry|anthropology|astronomy|robotics|security|software|electronics|hospitality|tourism|translation|wirtschaft|pädagogik|medizin|maschinenbau|germanistik|anglistik|jura|droit|gestion|médecine|lettres|ingeniería|derecho|economía|ciencias)/iu.test(
    text,
  );
}

function isDegree(text: string): boolean {
  return namesDegree(text);
}

const degreeIn =
  /^(?<type>.+?)\s+(?:in|of|für|en|em|in der|in den|d[’'])\s+(?<area>(?!Science\b|Arts\b|Engineering\b|Business\b|Technology\b|Commerce\b|Fine\b|Laws?\b|Education\b|Philosophy\b|Medicine\b|Applied\b|Public\b|Music\b|Nursing\b|Architecture\b|Design\b).+)$/iu;
const degreeOf =
  /^(?<type>(?:bachelor|master|doctor|associate)(?:[’']?s)?(?:\s+degree)?\s+(?:of|in)\s+(?:applied\s+|fine\s+|business\s+|public\s+)?(?:science|arts|engineering|administration|technology|commerce|arts|laws?|education|philosophy|medicine|health|music|nursing|architecture|design)(?:\s*\([^)]*\))?)\s*(?:,|in|with a major in|-|–|:)?\s*(?<area>.*)$/iu;
const shortDegree =
  /^(?<type>(?:[A-Z]\.?\s?){1,2}(?:[A-Za-z]{1,4}\.?){0,2}|[BM]\.?\s?(?:Sc|Eng|Com|Tech|Ed|Phil)\.?|Ph\.?\s?D\.?|MBA|BBA|Diplom|Bachelor(?:[’']?s)?(?: degree)?|Master(?:[’']?s)?(?: degree)?|Minor|Major|Licence|Licenciatura|Grado|Laurea|Máster)(?:\s*[,:]\s*|\s+(?:in|en)\s+|\s+)(?<area>\p{L}.*)$/u;

function readDegree(degree: Fragment | undefined): {
  readonly studyType?: Sourced;
  readonly area?: Sourced;
} {
  if (degree === undefined) return {};
  for (const pattern of [degreeOf, degreeIn, shortDegree]) {
    const { type, area } = pattern.exec(degree.text)?.groups ?? {};
    if (type === undefined || !namesDegree(type)) continue;
    const subject = (area ?? "").replace(/^[\s,:–-]+/u, "").trim();
    return {
      studyType: sourced(type.trim().replace(/,$/u, ""), degree.line, degree.text, 0.9),
      ...(subject === "" ? {} : { area: sourced(subject, degree.line, degree.text, 0.88) }),
    };
  }
  return { studyType: from(degree, 0.85) };
}

/** One date alone is that of the degree. */
function datesOf({ dates }: Entry): DateSpan {
  if (dates?.range.isSingle !== true) return dateSpan(dates, 0.95);
  const { line, range } = dates;
  return dateSpan({ line, range: { ...range, start: undefined, end: range.start } }, 0.85);
}

function scoreIn(lines: readonly TextLine[]): Sourced | undefined {
  for (const line of lines) {
    const found = findScore(line.text);
    if (found !== undefined) return sourced(found.value, line, found.text, 0.9);
  }
  return undefined;
}
