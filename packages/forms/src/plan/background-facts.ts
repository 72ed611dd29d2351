import type { Meaning } from "@valet/contracts";
import { type Fact, type FactFinder, type FactInput, profileFact, yesNoFact } from "./fact.ts";

/** What the résumé says and what the applicant would like. */
export const backgroundFacts: Partial<Record<Meaning, FactFinder>> = {
  resume: ({ resume, field }) =>
    resume === null || field.kind !== "file"
      ? undefined
      : { texts: [resume.fileName], source: "resume", ref: "/file", confidence: 0.97 },
  "work.company": entryText("work", ["name"]),
  "work.title": entryText("work", ["position"]),
  "work.location": entryText("work", ["location"]),
  "work.startDate": entryText("work", ["startDate"]),
  "work.endDate": entryText("work", ["endDate"]),
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
  "education.grade": entryText("education", ["score"]),
  startDate,
  noticePeriod: ({ profile }) =>
    profileFact("/application/noticePeriod", profile.application?.noticePeriod),
  "salary.expected": expectedSalary,
  "salary.currency": ({ profile }) =>
    profileFact("/application/salary/currency", profile.application?.salary?.currency),
  "salary.period": ({ profile }) =>
    profileFact("/application/salary/period", profile.application?.salary?.period),
  relocation: ({ profile }) =>
    yesNoFact("/application/relocation/willing", profile.application?.relocation?.willing),
  onsite: ({ profile, field }) =>
    isBoundToDates(field.label)
      ? undefined
      : yesNoFact("/application/onsite", profile.application?.onsite),
  travel: ({ profile }) => {
    const travel = profile.application?.travel;
    return typeof travel === "string"
      ? profileFact("/application/travel", travel)
      : yesNoFact("/application/travel", travel);
  },
  otherOffers: ({ profile }) =>
    yesNoFact("/application/otherOffers", profile.application?.otherOffers),
  referralSource: ({ profile }) =>
    profileFact("/application/referralSource", profile.application?.referralSource),
};

/** The n-th row of a list on the form is the n-th entry of the résumé; "current" only fits an open one. */
function entryText(list: "work" | "education", keys: readonly string[]): FactFinder {
  return ({ profile, field, occurrence }) => {
    const entry = profile[list]?.[occurrence];
    if (entry === undefined) return undefined;
    const asksCurrent = /\b(current|present)\b/iu.test(field.label);
    const asksRecent = /\b(recent|last)\b/iu.test(field.label);
    if (asksCurrent && !asksRecent && entry["endDate"] !== undefined) return undefined;
    for (const key of keys) {
      const value = entry[key];
      if (typeof value === "string" && value !== "") {
        return profileFact(`/${list}/${occurrence}/${key}`, value);
      }
    }
    return undefined;
  };
}

/** A day that has passed is no longer an answer. */
function startDate({ profile, today }: FactInput): Fact | undefined {
  const text = profile.application?.startDate;
  const isDay = text !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(text);
  if (isDay && text < today) return undefined;
  return profileFact("/application/startDate", text);
}

/** Only in the currency and per the period the question names, if it names any. */
function expectedSalary({ profile, field }: FactInput): Fact | undefined {
  const { expected, currency, period } = profile.application?.salary ?? {};
  if (expected === undefined) return undefined;
  const askedCurrency = currencyIn(field.label);
  const askedPeriod = periodIn(field.label);
  if (askedCurrency !== undefined && askedCurrency !== currency?.toUpperCase()) return undefined;
  if (askedPeriod !== undefined && askedPeriod !== periodIn(period ?? "")) return undefined;
  if (field.kind === "number") return profileFact("/application/salary/expected", String(expected));
  const parts = [
    String(expected),
    ...(askedCurrency === undefined && currency !== undefined ? [currency] : []),
    ...(askedPeriod === undefined && period !== undefined
      ? [`per ${period.replace(/^per /u, "")}`]
      : []),
  ];
  return profileFact("/application/salary/expected", parts.join(" "));
}

/** Being willing in general does not say that one is free at a certain time. */
function isBoundToDates(label: string): boolean {
  return /\b(20\d\d|spring|summer|fall|autumn|winter|\d+ (weeks|months)|starting (on|in|from))\b/iu.test(
    label,
  );
}

function currencyIn(text: string): string | undefined {
  const code = /\b(USD|EUR|GBP|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|INR|SGD|JPY|BRL|MXN|ZAR)\b/u.exec(
    text,
  );
  if (code?.[1] !== undefined) return code[1];
  if (text.includes("€")) return "EUR";
  if (text.includes("£")) return "GBP";
  return text.includes("US$") ? "USD" : undefined;
}

function periodIn(text: string): "year" | "month" | "day" | "hour" | undefined {
  if (/\b(annual(ly)?|yearly|year|annum|p\.?a\.?)\b/iu.test(text)) return "year";
  if (/\bmonth(ly)?\b/iu.test(text)) return "month";
  if (/\b(daily|day)\b/iu.test(text)) return "day";
  return /\b(hour(ly)?)\b/iu.test(text) ? "hour" : undefined;
}
