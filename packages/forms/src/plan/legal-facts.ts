import type { Meaning } from "@valet/contracts";
import { countriesIn, countryNames } from "./countries.ts";
import {
  type Fact,
  type FactFinder,
  type FactInput,
  isNegated,
  profileFact,
  yesNoFact,
} from "./fact.ts";

/** Answers with legal weight: stored facts word for word, or nothing. */
export const legalFacts: Partial<Record<Meaning, FactFinder>> = {
  "workAuth.authorized": authorized,
  "workAuth.sponsorship": sponsorship,
  "workAuth.status": ({ profile, field, countriesOfForm }) => {
    const found = authorization({ profile, field, countriesOfForm });
    return found === undefined ? undefined : profileFact(`${found.ref}/status`, found.entry.status);
  },
  "workAuth.citizenship": citizenship,
  "compliance.over18": over18,
  "compliance.clearance": ({ profile, field }) => {
    const clearance = profile.application?.clearance;
    if (typeof clearance === "string") return profileFact("/application/clearance", clearance);
    return plainFact("/application/clearance", clearance, field);
  },
  "compliance.nonCompete": stored("nonCompete"),
  "compliance.relativesEmployed": stored("relativesEmployed"),
  "compliance.governmentOfficial": stored("governmentOfficial"),
  "compliance.previouslyEmployed": withThisCompany("previouslyEmployed"),
  "compliance.previouslyApplied": withThisCompany("previouslyApplied"),
  "eeo.gender": demographic("gender"),
  "eeo.race": demographic("race"),
  "eeo.hispanic": demographic("hispanic"),
  "eeo.veteran": demographic("veteran"),
  "eeo.disability": demographic("disability"),
  "eeo.orientation": demographic("orientation"),
  "consent.privacy": consent("privacy"),
  "consent.marketing": consent("marketing"),
  "attestation.truth": consent("truth"),
};

type Authorization = NonNullable<
  NonNullable<FactInput["profile"]["application"]>["workAuthorization"]
>[number];

/** The stored facts for the one country that the question names, or else that the form is about. */
function authorization({
  profile,
  field,
  countriesOfForm,
}: Pick<FactInput, "profile" | "field" | "countriesOfForm">):
  | { entry: Authorization; ref: string }
  | undefined {
  const named = countriesIn(field.label);
  const asked = named.length === 0 ? countriesOfForm : named;
  if (asked.length !== 1) return undefined;
  const entries = profile.application?.workAuthorization ?? [];
  const index = entries.findIndex(({ country }) => country === asked[0]);
  const entry = entries[index];
  return entry === undefined
    ? undefined
    : { entry, ref: `/application/workAuthorization/${index}` };
}

function authorized({ profile, field, countriesOfForm }: FactInput): Fact | undefined {
  const found = authorization({ profile, field, countriesOfForm });
  if (found === undefined) return undefined;
  const { entry, ref } = found;
  const asksWithout = /\bwithout\b.*\b(sponsor|visa|permit)/iu.test(field.label);
  if (!asksWithout) return plainFact(`${ref}/authorized`, entry.authorized, field);
  if (entry.authorized === false) return yesNoFact(`${ref}/authorized`, false);
  if (entry.sponsorshipRequired === true) return yesNoFact(`${ref}/sponsorshipRequired`, false);
  const isFree = entry.authorized === true && entry.sponsorshipRequired === false;
  return isFree ? yesNoFact(ref, true) : undefined;
}

function sponsorship({ profile, field, countriesOfForm }: FactInput): Fact | undefined {
  const found = authorization({ profile, field, countriesOfForm });
  if (found === undefined) return undefined;
  return plainFact(`${found.ref}/sponsorshipRequired`, found.entry.sponsorshipRequired, field);
}

/** A question for one country is answered yes for a citizen; that a list lacks it proves nothing. */
function citizenship({ profile, field }: FactInput): Fact | undefined {
  const held = profile.application?.citizenships ?? [];
  if (/\b(other|another|additional|dual|second|previous(ly)?|former(ly)?)\b/iu.test(field.label))
    return undefined;
  const asked = countriesIn(field.label);
  if (asked.length > 0) {
    const index = held.findIndex((code) => asked.includes(code));
    if (asked.length > 1 || index === -1) return undefined;
    return plainFact(`/application/citizenships/${index}`, true, field);
  }
  const [only] = held;
  if (only === undefined || held.length > 1) return undefined;
  return profileFact("/application/citizenships/0", countryNames(only));
}

function over18({ profile, field, today }: FactInput): Fact | undefined {
  const known = profile.application?.over18;
  if (known !== undefined) return plainFact("/application/over18", known, field);
  const birthdate = profile.application?.birthdate;
  if (birthdate === undefined) return undefined;
  const [year = 0, month = 1, day = 1] = birthdate.split("-").map(Number);
  const birthday18 = new Date(Date.UTC(year + 18, month - 1, day)).toISOString().slice(0, 10);
  return plainFact("/application/birthdate", birthday18 <= today, field);
}

function stored(key: "nonCompete" | "relativesEmployed" | "governmentOfficial"): FactFinder {
  return ({ profile, field }) =>
    plainFact(`/application/${key}`, profile.application?.[key], field);
}

/** A stored "no" speaks of the company applied to; a stored list names the companies. */
function withThisCompany(key: "previouslyEmployed" | "previouslyApplied"): FactFinder {
  return ({ profile, field, company }) => {
    const known = profile.application?.[key];
    if (known === undefined || !asksAbout(company, field.label)) return undefined;
    const ref = `/application/${key}`;
    if (Array.isArray(known)) {
      if (company === undefined) return undefined;
      const index = known.findIndex((name) => isSameCompany(name, company));
      return plainFact(index === -1 ? ref : `${ref}/${index}`, index !== -1, field);
    }
    const worked = profile.work ?? [];
    const isContradicted =
      key === "previouslyEmployed" &&
      company !== undefined &&
      worked.some(({ name }) => typeof name === "string" && isSameCompany(name, company));
    // A bare "yes" does not say with whom.
    return known || isContradicted ? undefined : plainFact(ref, false, field);
  };
}

function asksAbout(company: string | undefined, label: string): boolean {
  if (company === undefined) return true;
  const isNamed = label.toLowerCase().includes(company.toLowerCase());
  return (
    isNamed || /\b(us|we|our|here|this company|the company|this organi[sz]ation)\b/iu.test(label)
  );
}

function isSameCompany(a: string, b: string): boolean {
  const bare = (name: string): string =>
    name
      .toLowerCase()
      .replace(/\b(inc|ltd|llc|gmbh|corp|plc|co)\b\.?/gu, "")
      .replace(/[^\p{L}\p{N}]+/gu, "");
  return bare(a) === bare(b);
}

function demographic(key: string): FactFinder {
  return ({ profile }) => {
    const value = profile.application?.demographics?.[key];
    if (value?.toLowerCase() !== "decline")
      return profileFact(`/application/demographics/${key}`, value);
    return profileFact(`/application/demographics/${key}`, declineTexts);
  };
}

const declineTexts = [
  "Decline to self-identify",
  "Decline To Self Identify",
  "I don't wish to answer",
  "I do not want to answer",
  "Prefer not to say",
];

function consent(key: string): FactFinder {
  return ({ profile, field }) =>
    plainFact(`/application/consents/${key}`, profile.application?.consents?.[key], field);
}

/** A yes or no, unless the question is worded the other way round. */
function plainFact(
  ref: string,
  isTrue: boolean | undefined,
  field: FactInput["field"],
): Fact | undefined {
  return isNegated(field) ? undefined : yesNoFact(ref, isTrue);
}
