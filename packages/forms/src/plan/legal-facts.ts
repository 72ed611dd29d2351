import type { AnswerableMeaning } from "@valet/contracts";
import { isSameCompany, namesCompany } from "../answer/same-company.ts";
import { unionCountries } from "../answer/work-claims.ts";
import { fold } from "./fold.ts";
import { countriesIn, countryNames } from "./countries.ts";
import {
  type Fact,
  type FactFinder,
  type FactInput,
  isClosedQuestion,
  isNegated,
  profileFact,
  yesNoFact,
} from "./fact.ts";

/** Answers with legal weight: stored facts word for word, or nothing. */
export const legalFacts: Partial<Record<AnswerableMeaning, FactFinder>> = {
  "workAuth.status": ({ profile, field, countriesOfForm }) => {
    const found = authorization({ profile, field, countriesOfForm });
    return found === undefined ? undefined : profileFact(`${found.ref}/status`, found.entry.status);
  },
  "workAuth.citizenship": citizenship,
  "compliance.over18": over18,
  "compliance.clearance": clearance,
  "compliance.nonCompete": stored("nonCompete"),
  "compliance.relativesEmployed": stored("relativesEmployed"),
  "compliance.governmentOfficial": (input) =>
    // Somebody employed by a government, or related to an official, need not be one.
    /\b(official|politically exposed|pep)\b/iu.test(input.field.label) &&
    !/\b(employees?|employed|worked|relat|family|spouse)/iu.test(input.field.label)
      ? stored("governmentOfficial")(input)
      : undefined,
  "compliance.previouslyEmployed": withThisCompany("previouslyEmployed"),
  "compliance.previouslyApplied": withThisCompany("previouslyApplied"),
  "eeo.gender": demographic("gender"),
  "eeo.race": demographic("race"),
  "eeo.hispanic": demographic("hispanic"),
  "eeo.veteran": demographic("veteran"),
  "eeo.disability": demographic("disability"),
  "eeo.orientation": demographic("orientation"),
  "eeo.other": demographic("other"),
  "consent.privacy": consent("privacy"),
  "consent.marketing": consent("marketing"),
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

/** A question for one country is answered yes for a citizen; that a list lacks it proves nothing. */
function citizenship({ profile, field }: FactInput): Fact | undefined {
  const held = profile.application?.citizenships ?? [];
  if (/\b(other|another|additional|dual|second|previous(ly)?|former(ly)?)\b/iu.test(field.label))
    return undefined;
  const asked = countriesIn(field.label);
  if (/\b(EU|E\.U\.|European Union|EU-)(?!\p{L})/u.test(field.label) && asked.length === 0) {
    const index = held.findIndex((code) => unionCountries.has(code));
    return index === -1 || !isClosedQuestion(field)
      ? undefined
      : plainFact(`/application/citizenships/${index}`, true, field);
  }
  if (asked.length > 0) {
    const index = held.findIndex((code) => asked.includes(code));
    if (asked.length > 1 || index === -1) return undefined;
    return plainFact(`/application/citizenships/${index}`, true, field);
  }
  const [only] = held;
  if (only === undefined || held.length > 1) return undefined;
  return profileFact("/application/citizenships/0", countryNames(only));
}

/** Whether one could get a clearance is another question than which one holds. */
function clearance({ profile, field }: FactInput): Fact | undefined {
  const held = profile.application?.clearance;
  const ref = "/application/clearance";
  if (/\b(eligib\w*|able to (obtain|get)|willing|obtain|would you|undergo)\b/iu.test(field.label))
    return undefined;
  if (typeof held !== "string") return plainFact(ref, held, field);
  const hasNone = /^(none|no|n\/a)$/iu.test(held.trim());
  if (hasNone && isClosedQuestion(field)) return plainFact(ref, false, field);
  return profileFact(ref, hasNone ? [held, "None", "No", "Not applicable", "N/A"] : held);
}

function over18({ profile, field, today }: FactInput): Fact | undefined {
  // What is asked of another age, or the other way round, is for the rules that read the number.
  if (/\b(under|below|younger|unter|jünger|moins de|menos de|meno di)\b/iu.test(field.label))
    return undefined;
  const ages = field.label.match(/\b\d{2}\b/gu) ?? [];
  if (ages.some((age) => age !== "18")) return undefined;
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
  return ({ profile, field, job: { company } }) => {
    const known = profile.application?.[key];
    const isAboutThings =
      /\b(industry|sector|clients?|customers?|competitors?|suppliers?|partners|products?|platforms?|software|services|tools?|apps?)\b/iu;
    if (known === undefined || isAboutThings.test(field.label)) return undefined;
    if (!namesCompany(company, field.label)) return undefined;
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

/** What is stored, or what the person declines, one by one or with `default` all that is not stored. */
function demographic(key: string): FactFinder {
  return ({ profile }) => {
    const { demographics } = profile.application ?? {};
    const stored = demographics?.[key];
    const isOwn = stored !== undefined;
    const value = stored ?? demographics?.["default"];
    const ref = `/application/demographics/${isOwn ? key : "default"}`;
    if (value?.toLowerCase() === "decline") return profileFact(ref, declineTexts);
    return isOwn ? profileFact(ref, value) : undefined;
  };
}

const declineTexts = [
  "Decline to self-identify",
  "Decline To Self Identify",
  "I don't wish to answer",
  "I do not want to answer",
  "Prefer not to say",
];

/** Only where the person is asked to agree: "Any other offers?" beside a newsletter is no consent. */
function consent(key: string): FactFinder {
  const agrees =
    /\b(agree|consent|accept|subscribe|sign me up|opt|keep me|contact me|receive|send me|notify|store|process|retain|acknowledge|read|einverstanden|stimme|zustimm\w*|akzeptiere|willige|accepte|consens|acepto|autorizo|aceito|concordo|acconsento|accetto|akkoord|toestemming|zgadzam|wyrazam|akceptuje)\w*/u;
  return ({ profile, field }) =>
    field.kind === "checkbox" || agrees.test(fold(field.label))
      ? plainFact(`/application/consents/${key}`, profile.application?.consents?.[key], field)
      : undefined;
}

/** A yes or no, unless the question is worded the other way round. */
function plainFact(
  ref: string,
  isTrue: boolean | undefined,
  field: FactInput["field"],
): Fact | undefined {
  return isNegated(field) ? undefined : yesNoFact(ref, isTrue);
}
