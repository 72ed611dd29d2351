import type { CompleteList } from "@valet/contracts";
import type { FactGroupName, FactKind } from "../about-you/facts/fact-fields.ts";

interface GroupWords {
  readonly title: string;
  readonly about: string;
}

interface FieldWords {
  readonly label: string;
  /** What it is used for. */
  readonly use: string;
}

const groups: Readonly<Record<FactGroupName, GroupWords>> = {
  contact: {
    title: "Who you are and how to reach you",
    about: "Nearly every form asks for this.",
  },
  work: {
    title: "Where you may work",
    about:
      "Answers with legal weight: Valet gives them word for word for the country that a form is about, and asks you where you have said nothing.",
  },
  terms: {
    title: "When, where and for how much",
    about: "What you would like. Change it whenever that changes.",
  },
  legal: {
    title: "Questions with legal weight",
    about: "Given only as you say it here. Leave one open, and you are asked each time.",
  },
  voluntary: {
    title: "Voluntary questions",
    about:
      "Forms may ask for these and may not require them. Valet never guesses them. “decline” answers that you do not wish to say.",
  },
  consents: {
    title: "Consents",
    about: "Ticked only where a form plainly asks for this very consent.",
  },
  lists: {
    title: "Lists that are complete",
    about:
      "Forms ask whether you know this or have done that. Where a list is complete, Valet may say no for what is not on it.",
  },
};

const fields: Readonly<Record<string, FieldWords>> = {
  "/application/name/first": {
    label: "First name",
    use: "Forms with a field for each part of a name.",
  },
  "/application/name/last": { label: "Last name", use: "Forms with a field for each part." },
  "/application/name/preferred": {
    label: "Preferred name",
    use: "Only where a form asks what you like to be called.",
  },
  "/basics/email": { label: "E-mail", use: "How employers answer you." },
  "/basics/phone": {
    label: "Phone",
    use: "With + and the code of the country, so that each form gets it in its own way.",
  },
  "/basics/location/address": { label: "Street and number", use: "Forms that ask for an address." },
  "/basics/location/postalCode": { label: "Postal code", use: "Forms that ask for an address." },
  "/basics/location/city": { label: "City", use: "Where you live: most forms ask." },
  "/basics/location/region": { label: "State or region", use: "Forms that ask for an address." },
  "/basics/location/countryCode": { label: "Country", use: "Where you live: most forms ask." },
  "/basics/profiles/LinkedIn": { label: "LinkedIn", use: "The address of your page there." },
  "/basics/profiles/GitHub": { label: "GitHub", use: "The address of your page there." },
  "/basics/url": { label: "Website", use: "Where a form asks for a website or a portfolio." },
  "/application/birthdate": {
    label: "Date of birth",
    use: "Where a form asks for it, and whether you are old enough.",
  },
  "/application/startDate": {
    label: "Earliest start",
    use: "A date such as 2027-04-01, or words such as “immediately”.",
  },
  "/application/noticePeriod": { label: "Notice period", use: "Such as “3 months” or “none”." },
  "/application/salary/expected": {
    label: "Expected salary",
    use: "Where a form asks what you expect. What you earned is never told.",
  },
  "/application/salary/currency": { label: "Currency", use: "Of the salary, such as EUR." },
  "/application/salary/period": { label: "Per", use: "The time that the salary is for." },
  "/application/yearsOfExperience": {
    label: "Years of experience",
    use: "Where a form asks for all of it, not for one skill.",
  },
  "/application/relocation/willing": {
    label: "Would you move for a job?",
    use: "Where a form asks whether you relocate.",
  },
  "/application/relocation/locations": {
    label: "Where to",
    use: "Places that you would move to, with commas between.",
  },
  "/application/onsite": {
    label: "Would you work on site?",
    use: "Where a form asks whether you come to the office.",
  },
  "/application/travel": {
    label: "Would you travel for work?",
    use: "“yes”, “no”, or how much, such as “up to 25 %”.",
  },
  "/application/referralSource": {
    label: "How you hear of jobs",
    use: "Where a form asks how you heard of the position.",
  },
  "/application/otherOffers": {
    label: "Do you have other offers?",
    use: "Where a form asks for that.",
  },
  "/application/over18": { label: "Are you 18 or older?", use: "Where a form asks for that age." },
  "/application/nonCompete": {
    label: "Does an agreement keep you from working for a competitor?",
    use: "Questions on non-compete agreements.",
  },
  "/application/previouslyEmployed": {
    label: "Employers who are asked for as “here before”",
    use: "“no”, or the names of companies you worked for, with commas between.",
  },
  "/application/previouslyApplied": {
    label: "Companies you have applied to before",
    use: "“no”, or their names, with commas between.",
  },
  "/application/relativesEmployed": {
    label: "Do relatives of yours work where you apply?",
    use: "Where a form asks for that.",
  },
  "/application/governmentOfficial": {
    label: "Are you a government official?",
    use: "Where a form asks for that, or for a politically exposed person.",
  },
  "/application/clearance": {
    label: "Security clearance",
    use: "“no”, or the one you hold. Whether you could get one you are always asked yourself.",
  },
  "/application/pronouns": { label: "Pronouns", use: "Only where a form asks for them." },
  "/application/demographics/gender": { label: "Gender", use: "Your words, or “decline”." },
  "/application/demographics/race": {
    label: "Race or ethnicity",
    use: "Your words, or “decline”.",
  },
  "/application/demographics/hispanic": {
    label: "Hispanic or Latino",
    use: "Your words, or “decline”.",
  },
  "/application/demographics/veteran": {
    label: "Veteran status",
    use: "Your words, or “decline”.",
  },
  "/application/demographics/disability": {
    label: "Disability",
    use: "Your words, or “decline”.",
  },
  "/application/demographics/orientation": {
    label: "Sexual orientation",
    use: "Your words, or “decline”.",
  },
  "/application/demographics/default": {
    label: "All others of these",
    use: "“decline” declines whatever is left open above; empty, you are asked.",
  },
  "/application/consents/privacy": {
    label: "May employers keep and process your application?",
    use: "The privacy notice that most forms want agreed to.",
  },
  "/application/consents/marketing": {
    label: "May they send you news and other jobs?",
    use: "Newsletters and talent pools.",
  },
  "/application/workAuthorization": {
    label: "Where you may work",
    use: "Whether you may work in a country and need a visa there.",
  },
};

const wrong: Partial<Record<FactKind, string>> = {
  email: "This is no e-mail address. Write it like ada@example.com.",
  url: "This is no web address. Write it like https://example.com/ada.",
  number: "This is no number that fits. Write digits alone, such as 85000.",
  date: "This is no date. Write it like 1996-02-09.",
  country: "Choose a country.",
};

const lists: Readonly<Record<CompleteList, string>> = {
  skills: "Skills",
  work: "Work",
  education: "Education",
  languages: "Languages",
  projects: "Projects",
};

const optional: FieldWords = { label: "", use: "" };

const rows: Readonly<Record<string, string>> = {
  permits: "Countries",
  citizenships: "Citizenships",
  saysLists: "Which lists are complete",
  completeLists: "Complete lists",
};

export const factStrings = {
  groups,
  field: (pointer: string) => fields[pointer] ?? optional,
  wrong: (kind: FactKind) => wrong[kind] ?? "This cannot be saved as it is. Write it another way.",
  wrongCountry: "Choose the country, or take this line away.",
  nothingMissing: "Nothing that most forms ask for is missing.",
  missing: (count: number) =>
    count === 1
      ? "One thing is missing that most forms ask for:"
      : `${count} things are missing that most forms ask for:`,
  missingMeans: "What is missing is not guessed: each application would stop and ask you for it.",
  missingMark: "often asked",
  never: "Valet never fills these by itself:",
  neverList: [
    "statements you vouch for, such as “I certify that all of this is true”",
    "passwords, payments, identity and account numbers",
    "what you earned, your health, records of law and conduct, unless you saved an answer to that very question",
  ],
  yes: "Yes",
  no: "No",
  unsaid: "Not said",
  noCountry: "Choose a country",
  noPeriod: "Not said",
  periods: { year: "year", month: "month", week: "week", day: "day", hour: "hour" },
  nameRead: (name: string) => `Your résumé says: ${name}.`,
  permits: {
    one: (at: number) => `Country ${at}`,
    country: "Country",
    authorized: "May you work there?",
    sponsorship: "Do you need a visa from the employer?",
    status: "What allows it",
    statusUse: "Such as “citizen”, “permanent resident” or the name of a visa.",
    add: "Add a country",
    remove: (at: number) => `Take away country ${at}`,
    removeWord: "Take away",
  },
  citizenships: {
    title: "Citizenships",
    use: "Where a form asks which you hold. That one is missing here says nothing.",
    one: (at: number) => `Citizenship ${at}`,
    add: "Add a citizenship",
    remove: (at: number) => `Take away citizenship ${at}`,
  },
  lists,
  saysLists: "I say which lists are complete",
  saysListsUse:
    "Not ticked, Valet only proposes a no that it concludes, and you see it in the review.",
  complete: "Nothing is missing from",
  save: "Save",
  saveOf: (title: string) => `Save: ${title}`,
  saved: "Saved.",
  /** Of what has rows of its own, or of a group that is no field. */
  ofRows: (part: string) => rows[part],
  overtaken: (labels: readonly string[]) =>
    `Saved elsewhere after you typed here: ${labels.join(", ")}. What you typed replaces that once you save it.`,
  loading: "Loading your facts …",
} as const;
