import type { FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { uuidOfSeed } from "../postings/seeds.ts";
import { ashbyForm } from "./ashby-form.ts";

export type FieldType =
  | "String"
  | "LongText"
  | "Email"
  | "Phone"
  | "Number"
  | "Date"
  | "Boolean"
  | "ValueSelect"
  | "MultiValueSelect"
  | "File"
  | "Location"
  | "Consent";

export interface FieldEntry {
  readonly id: string;
  readonly isRequired: boolean;
  /** Until a place was chosen. */
  readonly isHidden: boolean;
  readonly descriptionHtml: string | null;
  readonly field: {
    readonly path: string;
    readonly title: string;
    readonly type: FieldType;
    readonly isNullable: boolean;
    readonly selectableValues: readonly { readonly label: string; readonly value: string }[];
  };
}

export interface FormSection {
  readonly title: string | null;
  readonly fieldEntries: readonly FieldEntry[];
}

/** What the page asks for when it is opened, and draws itself from. */
export interface JobPosting {
  readonly id: string;
  readonly title: string;
  readonly locationName: string;
  readonly companyName: string;
  readonly applicationForm: { readonly id: string; readonly sections: readonly FormSection[] };
  readonly surveyForms: readonly {
    readonly id: string;
    readonly sections: readonly FormSection[];
  }[];
  readonly words: AshbyWords;
}

/** What the page says apart from its questions. */
export interface AshbyWords {
  readonly apply: string;
  readonly submit: string;
  readonly attach: string;
  readonly thanks: string;
  readonly received: string;
}

export function jobPosting(posting: SeededPosting, quirks: ReadonlySet<string>): JobPosting {
  const { seed, title, location, company, word, language } = posting;
  const form = ashbyForm(posting, quirks);
  const section = (name: string | null, fields: readonly FormField[]): FormSection => ({
    title: name,
    fieldEntries: fields.map((one) => fieldEntry(one, form.hidden.has(one.id))),
  });
  return {
    id: uuidOfSeed(seed),
    title,
    locationName: location,
    companyName: company,
    applicationForm: { id: `form-${seed}`, sections: [section(null, form.fields)] },
    surveyForms:
      form.survey.length === 0
        ? []
        : [{ id: `survey-${seed}`, sections: [section(word("voluntary"), form.survey)] }],
    words: {
      apply: word("apply"),
      submit: word("submit"),
      attach: word("attach"),
      thanks: language === "en" ? "Success" : word("thanks"),
      received:
        language === "en"
          ? "Your application was successfully submitted. We will be in touch if it is a fit."
          : word("received"),
    },
  };
}

function fieldEntry(
  { id, label, kind, required, choices }: FormField,
  isHidden: boolean,
): FieldEntry {
  const type = id === "_systemfield_location" ? "Location" : types[kind];
  return {
    id: `entry-${id}`,
    isRequired: required,
    isHidden,
    descriptionHtml: null,
    field: { path: id, title: label, type, isNullable: !required, selectableValues: choices },
  };
}

const types: Record<FormField["kind"], FieldType> = {
  text: "String",
  url: "String",
  textarea: "LongText",
  email: "Email",
  tel: "Phone",
  number: "Number",
  date: "Date",
  "yes-no": "Boolean",
  radio: "ValueSelect",
  select: "ValueSelect",
  "late-select": "ValueSelect",
  "odd-list": "ValueSelect",
  checkbox: "Consent",
  checkboxes: "MultiValueSelect",
  file: "File",
};
