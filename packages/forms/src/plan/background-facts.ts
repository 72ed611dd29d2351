import type { AnswerableMeaning } from "@valet/contracts";
import { citiesIn, cityName } from "../answer/places.ts";
import { dateInFormat, namesDateFormat } from "./date-format.ts";
import { currencyIn, periodIn } from "./money-words.ts";
import {
  type Fact,
  type FactFinder,
  type FactInput,
  isNegated,
  profileFact,
  yesNoFact,
} from "./fact.ts";

/** What the résumé says and what the applicant would like. */
export const backgroundFacts: Partial<Record<AnswerableMeaning, FactFinder>> = {
  resume: ({ resume, field }) =>
    resume === null || field.kind !== "file"
      ? undefined
      : { texts: [resume.fileName], source: "resume", ref: "/file", confidence: 0.97 },
  "work.company": entryText("work", ["name"]),
  "work.title": entryText("work", ["position"]),
  "work.currentCompany": entryText("work", ["name"]),
  "work.currentTitle": entryText("work", ["position"]),
  "work.location": entryText("work", ["location"]),
  "work.startDate": entryText("work", ["startDate"]),
  "work.endDate": entryText("work", ["endDate"]),
  "work.current": ({ profile, occurrence }) => {
    const entry = profile.work?.[occurrence];
    return yesNoFact(`/work/${occurrence}/endDate`, entry && isOpen(entry));
  },
  "work.summary": entryText("work", ["summary"]),
  "work.yearsOfExperience": ({ profile }) => {
    const years = profile.application?.yearsOfExperience;
    return profileFact(
      "/application/yearsOfExperience",
      years === undefined ? years : String(years),
    );
  },
  "education.school": entryText("education", ["institution"]),
  "education.degree": entryText("education", ["studyType"]),
  "education.discipline": entryText("education", ["area"]),
  "education.startDate": entryText("education", ["startDate"]),
  "education.endDate": entryText("education", ["endDate"]),
  // A grade is no grade point: that is for the rule that knows scales.
  "education.grade": (input) =>
    /\b(gpa|grade point|scale)\b/iu.test(input.field.label)
      ? undefined
      : entryText("education", ["score"])(input),
  startDate,
  noticePeriod: ({ profile }) =>
    profileFact("/application/noticePeriod", profile.application?.noticePeriod),
  "salary.expected": expectedSalary,
  "salary.currency": ({ profile }) =>
    profileFact("/application/salary/currency", profile.application?.salary?.currency),
  "salary.period": ({ profile }) =>
    profileFact("/application/salary/period", profile.application?.salary?.period),
  relocation: ({ profile, field }) =>
    preference(field, "/application/relocation/willing", profile.application?.relocation?.willing),
  onsite: ({ profile, field }) =>
    /\b(live|living|located|based|distance|local|remote(ly)?|interview|event)\b/iu.test(
      field.label,
    ) || isElsewhere(field.label, profile)
      ? undefined
      : preference(field, "/application/onsite", profile.application?.onsite),
  travel: ({ profile, field }) => {
    const travel = profile.application?.travel;
    return typeof travel === "string"
      ? profileFact("/application/travel", travel)
      : preference(field, "/application/travel", travel);
  },
  otherOffers: ({ profile, field }) =>
    preference(field, "/application/otherOffers", profile.application?.otherOffers),
  referralSource: ({ profile, field }) =>
    /\bhear(d)? back\b|^\s*if\b/iu.test(field.label)
      ? undefined
      : profileFact("/application/referralSource", profile.application?.referralSource),
};

/** The n-th row of a list on the form is the n-th entry of the résumé; "current" only fits an open one. */
function entryText(list: "work" | "education", keys: readonly string[]): FactFinder {
  return ({ profile, field, occurrence }) => {
    const entries = profile[list] ?? [];
    const asksCurrent =
      /\b(current|present)\b/iu.test(field.label) || field.meaning.startsWith("work.current");
    const asksRecent = /\b(recent|last)\b/iu.test(field.label);
    const isOnlyCurrent = asksCurrent && !asksRecent;
    const index = isOnlyCurrent ? entries.findIndex((entry) => isOpen(entry)) : occurrence;
    const entry = entries[index];
    if (entry === undefined) return undefined;
    for (const key of keys) {
      const value = entry[key];
      if (typeof value === "string" && value !== "") {
        return profileFact(`/${list}/${index}/${key}`, inFormat(field, value));
      }
    }
    return undefined;
  };
}

function isOpen({ endDate }: { readonly endDate?: string | undefined }): boolean {
  return endDate === undefined || endDate === "" || /^present$/iu.test(endDate);
}

/** A day that has passed is no longer an answer. */
function startDate({ profile, field, today }: FactInput): Fact | undefined {
  const text = profile.application?.startDate;
  const isDay = text !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(text);
  if (isDay && text < today) return undefined;
  return profileFact("/application/startDate", inFormat(field, text));
}

/** A date as the label spells it out; one that lacks a part the label wants is no answer. */
function inFormat(
  { label, kind }: FactInput["field"],
  date: string | undefined,
): string | undefined {
  if (date === undefined || kind === "date" || !namesDateFormat(label)) return date;
  return /^\d{4}(-\d{2}){0,2}$/u.test(date) ? dateInFormat(label, date) : date;
}

/** Only in the currency and per the period the question names, if it names any. */
function expectedSalary({ profile, field }: FactInput): Fact | undefined {
  const { expected, currency, period } = profile.application?.salary ?? {};
  if (expected === undefined) return undefined;
  // What is hoped for is neither the least that would do nor the most.
  if (
    /\b(minimum|least|lowest|floor|maximum|mindest\w*|minimo|minim(o|a|al\w*)|acceptable|below|accept|bonus|equity|current|thousands?|in k|k ?eur|k€|teur|t€|tsd)\b/iu.test(
      field.label,
    )
  )
    return undefined;
  const askedCurrency = currencyIn(field.label);
  const askedPeriod = periodIn(field.label);
  if (askedCurrency !== undefined && askedCurrency !== currency?.toUpperCase()) return undefined;
  if (askedPeriod !== undefined && askedPeriod !== periodIn(period ?? "")) return undefined;
  if (field.kind === "number") return profileFact("/application/salary/expected", String(expected));
  const isChosen = field.options.length > 0;
  const parts = [
    String(expected),
    ...((isChosen || askedCurrency === undefined) && currency !== undefined ? [currency] : []),
    ...((isChosen || askedPeriod === undefined) && period !== undefined
      ? [`per ${period.replace(/^per /u, "")}`]
      : []),
  ];
  return profileFact("/application/salary/expected", parts.join(" "));
}

/** An office in another town than the person's: being happy to work in an office does not bring them there. */
function isElsewhere(label: string, profile: FactInput["profile"]): boolean {
  const { city } = profile.basics?.location ?? {};
  const named = citiesIn(label);
  const isAway = named.length > 0 && (city === undefined || !named.includes(cityName(city)));
  return isAway || /\bcommut\w*/iu.test(label);
}

/** A yes or no to a short, plain question: long ones ask for more than that. */
function preference(
  field: FactInput["field"],
  ref: string,
  isTrue: boolean | undefined,
): Fact | undefined {
  const words = field.label.split(/\s+/u).length;
  const isWillingness =
    words <= 4 ||
    /\b(are you|would you|can you|could you|will you|do you agree|able|willing(ness)?|open|happy|comfortable|available|ok(ay)?)\b/iu.test(
      field.label,
    );
  const isAnother =
    /\b(experience|prefer\w*|questions?|policy|assistance|package|help|currently|before|ever|need|require[ds]?|how|why|where|when|if (?!(offered|selected|hired|required|needed|necessary)))\b/iu;
  const isPlain = words <= 16 && isWillingness && !isAnother.test(field.label) && !isNegated(field);
  return isPlain && !isBoundToDates(field.label) ? yesNoFact(ref, isTrue) : undefined;
}

/** Being willing in general does not say that one is free at a certain time. */
function isBoundToDates(label: string): boolean {
  return /\b(20\d\d|spring|summer|fall|autumn|winter|\d+ (weeks|months)|starting (on|in|from))\b/iu.test(
    label,
  );
}
