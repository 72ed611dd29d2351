import { z } from "zod";

/** The part of a truth that is scored; what a person cannot see in the document is not in it. */
export const ResumeTruth = z.looseObject({
  basics: z.looseObject({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    url: z.string().optional(),
    profiles: z.array(z.looseObject({ username: z.string().optional() })).optional(),
  }),
  work: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        position: z.string().optional(),
        startDate: z.string().optional(),
        endDate: z.string().optional(),
      }),
    )
    .optional(),
  education: z
    .array(
      z.looseObject({
        institution: z.string().optional(),
        studyType: z.string().optional(),
        area: z.string().optional(),
        startDate: z.string().optional(),
        endDate: z.string().optional(),
      }),
    )
    .optional(),
  skills: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        keywords: z.array(z.string()).optional(),
        details: z.string().optional(),
      }),
    )
    .optional(),
});
export type ResumeTruth = z.infer<typeof ResumeTruth>;

export const scoredFields = [
  "name",
  "email",
  "phone",
  "links",
  "work",
  "education",
  "skills",
] as const;
export type ScoredField = (typeof scoredFields)[number];

export interface Counts {
  readonly right: number;
  /** Read, and not in the truth. */
  readonly wrong: number;
  readonly missed: number;
}

/** Compares what was read with the truth, field by field; a field that the truth does not speak of is left out. */
export function scoreFields(
  truth: ResumeTruth,
  read: ResumeTruth,
): Partial<Record<ScoredField, Counts>> {
  const basics = (key: "name" | "email" | "phone", normal: (text: string) => string) =>
    match(listed(truth.basics[key]).map(normal), listed(read.basics[key]).map(normal));
  return {
    name: basics("name", words),
    email: basics("email", (text) => text.toLowerCase()),
    phone: basics("phone", lastDigits),
    links: match(links(truth), links(read)),
    ...(truth.work === undefined ? {} : { work: matchWork(truth.work, read.work ?? []) }),
    ...(truth.education === undefined
      ? {}
      : { education: matchEducation(truth.education, read.education ?? []) }),
    ...(truth.skills === undefined ? {} : { skills: match(skills(truth), skills(read)) }),
  };
}

export function f1({ right, wrong, missed }: Counts): number {
  const all = 2 * right + wrong + missed;
  return all === 0 ? 1 : (2 * right) / all;
}

/** Of what was read, how much is right; 1 where nothing was read. */
export function precision({ right, wrong }: Counts): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

/** Of what stands there, how much was read; 1 where nothing stands there. */
export function recall({ right, missed }: Counts): number {
  return right + missed === 0 ? 1 : right / (right + missed);
}

export function addCounts(one: Counts | undefined, other: Counts): Counts {
  return {
    right: (one?.right ?? 0) + other.right,
    wrong: (one?.wrong ?? 0) + other.wrong,
    missed: (one?.missed ?? 0) + other.missed,
  };
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : [text];
}

/** Case and marks are no part of what a value says. */
function words(text: string | undefined): string {
  return (text ?? "")
    .toLowerCase()
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** With and without the code of the country it is one number. */
function lastDigits(text: string): string {
  return text.replaceAll(/\D/gu, "").slice(-9);
}

function links({ basics }: ResumeTruth): readonly string[] {
  const page = (basics.url ?? "")
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/u, "")
    .replace(/\/$/u, "");
  const names = (basics.profiles ?? []).map(({ username }) => words(username));
  return [page, ...names].filter((text) => text !== "");
}

function skills({ skills: groups = [] }: ResumeTruth): readonly string[] {
  return groups
    .flatMap(({ name, keywords = [], details }) => {
      if (keywords.length > 0) return keywords;
      return details === undefined ? listed(name) : details.split(/,\s*(?![^()]*\))/u);
    })
    .map(words)
    .filter((text) => text !== "");
}

function match(truth: readonly string[], read: readonly string[]): Counts {
  return matchEntries(truth, read, (one, other) => one === other);
}

/** One for one: each of the truth takes at most one that was read. */
function matchEntries<T>(
  truth: readonly T[],
  read: readonly T[],
  isSame: (truth: T, read: T) => boolean,
): Counts {
  const left = [...read];
  let right = 0;
  for (const entry of truth) {
    const at = left.findIndex((one) => isSame(entry, one));
    if (at === -1) continue;
    left.splice(at, 1);
    right += 1;
  }
  return { right, wrong: left.length, missed: truth.length - right };
}

type Work = NonNullable<ResumeTruth["work"]>;
type Education = NonNullable<ResumeTruth["education"]>;

function matchWork(truth: Work, read: Work): Counts {
  return matchEntries(
    truth,
    read,
    (one, other) =>
      isSaid(one.name, other.name) && isSaid(one.position, other.position) && areDates(one, other),
  );
}

/** Degree and subject are one text in some sources and two in others. */
function matchEducation(truth: Education, read: Education): Counts {
  const degree = ({ studyType, area }: Education[number]) =>
    new Set(words(`${studyType ?? ""} ${area ?? ""}`).match(/\S+/gu));
  return matchEntries(truth, read, (one, other) => {
    const [wanted, found] = [degree(one), degree(other)];
    const shared = [...wanted].filter((word) => found.has(word)).length;
    return (
      isSaid(one.institution, other.institution) &&
      shared >= 0.5 * wanted.size &&
      areDates(one, other)
    );
  });
}

function isSaid(truth: string | undefined, read: string | undefined): boolean {
  return truth === undefined || words(truth) === words(read);
}

interface Dated {
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

function areDates(truth: Dated, read: Dated): boolean {
  const isStart = truth.startDate === undefined || isDate(truth.startDate, read.startDate);
  return isStart && (truth.endDate === undefined || isDate(truth.endDate, read.endDate));
}

/** By the month, or by the year where one of them says no month. */
function isDate(truth: string, read: string | undefined): boolean {
  const [one, other] = [truth.slice(0, 7).toLowerCase(), (read ?? "").slice(0, 7).toLowerCase()];
  if (one === other) return true;
  return one.slice(0, 4) === other.slice(0, 4) && (one.length === 4 || other.length === 4);
}
