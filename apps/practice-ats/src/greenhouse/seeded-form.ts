import { countries } from "../countries.ts";
import { choicesOf, field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import type { FormSections, RowList } from "./form-sections.ts";

/** The form of a seeded posting with the controls that Greenhouse has. */
export function seededForm(posting: SeededPosting, quirks: ReadonlySet<string>): FormSections {
  const { questions, hasPrivacyConsent } = posting;
  const asQuestion = (question: FormField) => asControl(question, quirks.has("late-menus"));
  return {
    applicant: applicantFields(posting),
    documents: documentFields(posting),
    lists: quirks.has("rows") ? [education, employment] : [],
    questions: [
      ...questions.map(asQuestion),
      ...(quirks.has("unpublished") ? [unpublished] : []),
      ...(hasPrivacyConsent ? [consent(posting.word("privacyConsent"))] : []),
    ],
    equalOpportunity: equalOpportunityFields(posting, quirks).map(asQuestion),
  };
}

function applicantFields({ word }: SeededPosting): FormField[] {
  const optional = { required: false };
  return [
    field({
      id: "first_name",
      label: word("firstName"),
      kind: "text",
      autocomplete: "given-name",
    }),
    field({ id: "last_name", label: word("lastName"), kind: "text", autocomplete: "family-name" }),
    field({ id: "preferred_name", label: word("preferredName"), kind: "text", ...optional }),
    field({ id: "email", label: word("email"), kind: "email", autocomplete: "email" }),
    field({
      id: "country",
      label: word("country"),
      kind: "select",
      choices: choicesOf(...countries.map(({ name, dialCode }) => `${name} ${dialCode}`)),
    }),
    field({ id: "phone", label: word("phone"), kind: "tel", autocomplete: "tel" }),
    field({ id: "candidate-location", label: word("city"), kind: "text" }),
  ];
}

function documentFields({ word, hasCoverLetter }: SeededPosting): FormField[] {
  const resume = field({ id: "resume", label: word("resume"), kind: "file" });
  const letter = field({
    id: "cover_letter",
    label: word("coverLetter"),
    kind: "file",
    required: false,
  });
  return hasCoverLetter ? [resume, letter] : [resume];
}

/** Lists are always comboboxes, several choices always boxes, and all else is a line of text. */
function asControl(question: FormField, isLate: boolean): FormField {
  switch (question.kind) {
    case "radio":
    case "yes-no":
    case "select":
    case "late-select":
      return { ...question, kind: isLate ? "late-select" : "select" };
    case "checkboxes":
      return { ...question, id: `${question.id}[]` };
    case "textarea":
    case "checkbox":
      return question;
    default:
      return { ...question, kind: "text" };
  }
}

function consent(label: string): FormField {
  return field({
    id: "gdpr_processing_consent_given_0",
    label,
    kind: "checkbox",
    choices: choicesOf("true"),
  });
}

function equalOpportunityFields(
  { equalOpportunity }: SeededPosting,
  quirks: ReadonlySet<string>,
): FormField[] {
  const asked = equalOpportunity.map((one) =>
    one.id === "veteran" ? { ...one, id: "veteran_status" } : one,
  );
  return quirks.has("hispanic-reveals-race") ? [hispanic, race, ...asked] : asked;
}

/** Asked on the page alone: who reads the published form does not know of it. */
const unpublished = field({
  id: "question_unpublished",
  label: "Are you at least 18 years of age?",
  kind: "select",
  choices: choicesOf("Yes", "No"),
});

const decline = "Decline To Self Identify";
const hispanic = field({
  id: "hispanic_ethnicity",
  label: "Are you Hispanic/Latino?",
  kind: "select",
  required: false,
  choices: choicesOf("Yes", "No", decline),
});
const race = field({
  id: "race",
  label: "Please identify your race",
  kind: "select",
  required: false,
  choices: choicesOf("Asian", "Black or African American", "White", "Two or More Races", decline),
});

const months = choicesOf(
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
);
const optional = { required: false };

const education: RowList = {
  title: "Education",
  mark: "--",
  fields: [
    field({ id: "school", label: "School", kind: "text" }),
    field({
      id: "degree",
      label: "Degree",
      kind: "select",
      choices: choicesOf("High School", "Associate's Degree", "BSc", "MSc", "PhD", "Other"),
    }),
    field({
      id: "discipline",
      label: "Discipline",
      kind: "select",
      choices: choicesOf("Computer and Information Science", "Computer Science", "Other"),
      ...optional,
    }),
    field({
      id: "end-month",
      label: "End date month",
      kind: "select",
      choices: months,
      ...optional,
    }),
    field({ id: "end-year", label: "End date year", kind: "text", ...optional }),
  ],
};

const employment: RowList = {
  title: "Employment",
  mark: "-",
  fields: [
    field({ id: "company-name", label: "Company name", kind: "text" }),
    field({ id: "title", label: "Title", kind: "text" }),
    field({ id: "start-date-month", label: "Start date month", kind: "select", choices: months }),
    field({ id: "start-date-year", label: "Start date year", kind: "text" }),
    field({
      id: "current-role",
      label: "Current role",
      kind: "checkbox",
      choices: choicesOf("true"),
      ...optional,
    }),
  ],
};
