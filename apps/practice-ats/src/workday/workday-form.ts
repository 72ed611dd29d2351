import { choicesOf, field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { workdayWords } from "./workday-words.ts";

export type StepName =
  | "info"
  | "experience"
  | "questions"
  | "disclosures"
  | "selfIdentify"
  | "review";

export interface WorkdayStep {
  readonly name: StepName;
  readonly fields: readonly FormField[];
}

/** Rows of one list of the experience step; a row's fields have the ids of `fields` with its number. */
export interface RowList {
  readonly name: "workExperience" | "education" | "webAddress";
  readonly fields: readonly FormField[];
}

const optional = { required: false };

/** All steps of a posting in their order, the review last. */
export function workdaySteps(posting: SeededPosting): readonly WorkdayStep[] {
  const words = workdayWords(posting.language);
  const { questions, equalOpportunity, word } = posting;
  const hasSelfIdentify = equalOpportunity.length > 0;
  return [
    { name: "info", fields: infoFields(posting) },
    {
      name: "experience",
      fields: [field({ id: "resume", label: word("resume"), kind: "file" })],
    },
    { name: "questions", fields: questions.map(asAsked) },
    {
      name: "disclosures",
      fields: [...equalOpportunity, field({ id: "terms", label: words.terms, kind: "checkbox" })],
    },
    ...(hasSelfIdentify ? [{ name: "selfIdentify" as const, fields: selfIdentifyFields }] : []),
    { name: "review", fields: [] },
  ];
}

/** Questionnaires know no numbers and no addresses, only lines. */
function asAsked(question: FormField): FormField {
  const isLine = question.kind === "url" || question.kind === "number";
  return isLine ? { ...question, kind: "text" } : question;
}

function infoFields(posting: SeededPosting): readonly FormField[] {
  const { language, word, seed } = posting;
  const words = workdayWords(language);
  const yesNo = { en: ["Yes", "No"], de: ["Ja", "Nein"], fr: ["Oui", "Non"], es: ["Sí", "No"] };
  const source = field({ id: "source", label: words.source, kind: "select", choices: sources });
  return [
    ...(seed % 3 === 1 ? [] : [source]),
    field({
      id: "previousWorker",
      label: words.previousWorker,
      kind: "yes-no",
      choices: choicesOf(...yesNo[language]),
    }),
    field({ id: "country", label: word("country"), kind: "select", choices: countries(posting) }),
    field({ id: "firstName", label: word("firstName"), kind: "text" }),
    field({ id: "lastName", label: word("lastName"), kind: "text" }),
    field({ id: "addressLine1", label: words.addressLine1, kind: "text", ...optional }),
    field({ id: "city", label: words.city, kind: "text" }),
    field({ id: "region", label: words.region, kind: "select", choices: regions }),
    field({ id: "postalCode", label: words.postalCode, kind: "text", ...optional }),
    field({ id: "email", label: word("email"), kind: "email" }),
    field({ id: "phoneType", label: words.phoneType, kind: "select", choices: phoneTypes }),
    field({
      id: "phoneCode",
      label: words.phoneCode,
      kind: "select",
      choices: phoneCodes(posting),
    }),
    field({ id: "phoneNumber", label: words.phoneNumber, kind: "tel" }),
    field({ id: "extension", label: words.extension, kind: "text", ...optional }),
  ];
}

export function rowLists({ language }: SeededPosting): readonly RowList[] {
  const words = workdayWords(language);
  return [
    {
      name: "workExperience",
      fields: [
        field({ id: "jobTitle", label: words.jobTitle, kind: "text" }),
        field({ id: "companyName", label: words.company, kind: "text" }),
        field({ id: "startDate", label: words.from, kind: "date" }),
      ],
    },
    {
      name: "education",
      fields: [
        field({ id: "schoolName", label: words.school, kind: "text" }),
        field({ id: "fieldOfStudy", label: words.fieldOfStudy, kind: "text", ...optional }),
      ],
    },
    { name: "webAddress", fields: [field({ id: "url", label: "URL", kind: "url" })] },
  ];
}

/** The ledger's name for a field of a row. */
export function rowFieldId(list: RowList["name"], row: number, id: string): string {
  return `${list}-${row}--${id}`;
}

/** Where a source has sub-sources, only these may be chosen. */
export const sourceTree: Readonly<Record<string, readonly string[]>> = {
  "Job Board": ["Indeed", "LinkedIn", "Monster"],
  "Company Website": ["Company website"],
  Other: ["A friend", "Other event"],
};
const sources = choicesOf(...Object.values(sourceTree).flat());
const phoneTypes = choicesOf("Home", "Mobile", "Work");
const regions = choicesOf("California", "Colorado", "District of Columbia", "New York", "Texas");

function countryNames({ language }: SeededPosting, code: string): string {
  const english: Readonly<Record<string, string>> = {
    US: "United States of America",
    UM: "United States Minor Outlying Islands",
  };
  const own = language === "en" ? english[code] : undefined;
  return own ?? new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}

function countries(posting: SeededPosting) {
  const codes = ["AL", "CA", "DE", "GB", "NE", "NG", "UM", "US"];
  return choicesOf(...codes.map((code) => countryNames(posting, code)));
}

const dialCodes = { AL: "355", CA: "1", DE: "49", GB: "44", UM: "1", US: "1" } as const;

function phoneCodes(posting: SeededPosting) {
  return choicesOf(
    ...Object.entries(dialCodes).map(([code, dial]) => `${countryNames(posting, code)} (+${dial})`),
  );
}

/** The form of the office for contract compliance; it is worded in English everywhere here. */
const selfIdentifyFields: readonly FormField[] = [
  field({ id: "selfIdentifyName", label: "Name", kind: "text" }),
  field({ id: "dateSignedOn", label: "Date", kind: "date" }),
  field({
    id: "disabilityStatus",
    label: "Please check one of the boxes below:",
    kind: "checkboxes",
    choices: choicesOf(
      "Yes, I have a disability, or have had one in the past",
      "No, I do not have a disability and have not had one in the past",
      "I do not want to answer",
    ),
  }),
];
