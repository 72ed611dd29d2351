import type { Profile } from "@valet/contracts";
import { plainWords } from "./question-words.ts";
import { daysBetween } from "./find-window.ts";

export type DegreeLevel = "school" | "associate" | "bachelor" | "master" | "doctor";

type Entry = NonNullable<Profile["education"]>[number];

/** One row of the education list, understood. */
export interface StudyRecord {
  readonly entry: Entry;
  /** JSON pointer. */
  readonly ref: string;
  readonly level: DegreeLevel | undefined;
  /** Last month, `YYYY-MM`, or only the year, as stored. */
  readonly end: string | undefined;
  /** Not yet finished. */
  readonly isCurrent: boolean;
}

/** The rows of the education list, the latest first. */
export function studyRecords({ education = [] }: Profile, today: string): StudyRecord[] {
  return education
    .map((entry, index) => {
      const end = /^\d{4}(-\d{2})?/u.exec(entry.endDate ?? "")?.[0];
      const hasBegun = (entry.startDate ?? "") <= today;
      return {
        entry,
        ref: `/education/${index}`,
        level: degreeLevelOf(entry.studyType ?? ""),
        end,
        isCurrent:
          hasBegun &&
          (end === undefined ? entry.startDate !== undefined : end >= today.slice(0, end.length)),
      };
    })
    .sort((a, b) => (b.end ?? "9999").localeCompare(a.end ?? "9999"));
}

/** What is studied now, else what was studied last. */
export function mainStudy(profile: Profile, today: string): StudyRecord | undefined {
  const records = studyRecords(profile, today);
  return records.find(({ isCurrent }) => isCurrent) ?? records[0];
}

const levels: readonly (readonly [DegreeLevel, RegExp])[] = [
  ["doctor", /\b(ph\.? ?d|dphil|doctorate|doctoral|doctor of|j\.? ?d|m\.? ?d)\b/u],
  [
    "master",
    /\b(masters?|master's|m\.? ?sc|m\.? ?a|m\.? ?s|m\.? ?eng|mba|mphil|mres|postgraduate|m\.? ?tech|mcomp|mmath|mfin|llm|graduate degree)\b/u,
  ],
  [
    "bachelor",
    /\b(bachelors?|bachelor's|b\.? ?sc|b\.? ?a|b\.? ?s|b\.? ?eng|bba|llb|b\.? ?tech|b\.? ?com|undergraduate|licenciatura|licence|laurea)\b/u,
  ],
  ["associate", /\b(associates?|associate's|foundation degree|hnd|hnc|diploma of higher)\b/u],
  [
    "school",
    /\b(high school|secondary|a-?\s?levels?|ged|abitur|baccalaureate|ib diploma|ib|sixth form|gcses?|matura|highers)\b/u,
  ],
];

/** The level of a degree a text names, the highest where several fit. */
export function degreeLevelOf(text: string): DegreeLevel | undefined {
  const plain = plainWords(text);
  return levels.find(([, words]) => words.test(plain))?.[0];
}

/** Whether one level is above another. */
export function isHigher(level: DegreeLevel | undefined, than: DegreeLevel): boolean {
  const order = levels.map(([name]) => name);
  return level !== undefined && order.indexOf(level) < order.indexOf(than);
}

/** All levels a text names: "Bachelor's or Master's". */
export function degreeLevelsIn(text: string): DegreeLevel[] {
  const plain = plainWords(text);
  return levels.filter(([, words]) => words.test(plain)).map(([level]) => level);
}

/** Academic years begun since the start, and years left until the end; both at least 1 while studying. */
export function studyYears(
  study: StudyRecord,
  today: string,
): { year: number; left: number } | undefined {
  const { entry, end } = study;
  const start = /^\d{4}-\d{2}/u.exec(entry.startDate ?? "")?.[0];
  if (!study.isCurrent || start === undefined || end === undefined || end.length < 7)
    return undefined;
  const yearOf = (from: string, to: string): number =>
    Math.ceil((daysBetween(`${from}-01`, to) + 1) / 365.25);
  return {
    year: yearOf(start, today),
    left: Math.max(1, Math.ceil(daysBetween(today, `${end}-28`) / 365.25)),
  };
}
