import { countries } from "../countries.ts";
import { choicesOf, field, type FormField } from "../form-field.ts";
import type { Job } from "../job-catalogue.ts";
import { extraQuestionLabel } from "../submit-replies.ts";
import type { FormSections } from "./form-sections.ts";

/** Fetched by the page when the menu is opened. */
export const referralSources = choicesOf(
  "Company website",
  "Job board",
  "LinkedIn",
  "A friend or colleague",
  "Conference or meetup",
  "Other",
);

const applicant: readonly FormField[] = [
  field({ id: "first_name", label: "First Name", kind: "text", autocomplete: "given-name" }),
  field({ id: "last_name", label: "Last Name", kind: "text", autocomplete: "family-name" }),
  field({ id: "preferred_name", label: "Preferred First Name", kind: "text", required: false }),
  field({ id: "email", label: "Email", kind: "email", autocomplete: "email" }),
  field({
    id: "country",
    label: "Country",
    kind: "select",
    choices: choicesOf(...countries.map(({ name, dialCode }) => `${name} ${dialCode}`)),
  }),
  field({ id: "phone", label: "Phone", kind: "tel", autocomplete: "tel" }),
  field({ id: "candidate-location", label: "Location (City)", kind: "text" }),
];

const documents: readonly FormField[] = [
  field({ id: "resume", label: "Resume/CV", kind: "file" }),
  field({ id: "cover_letter", label: "Cover Letter", kind: "file", required: false }),
];

const ordinaryQuestions: readonly FormField[] = [
  field({
    id: "question_1001",
    label: "Are you legally authorized to work in the United States?",
    kind: "select",
    choices: choicesOf("Yes", "No"),
  }),
  field({
    id: "question_1002",
    label: "Will you now or in the future require sponsorship for employment visa status?",
    kind: "select",
    choices: choicesOf("Yes", "No"),
  }),
  field({ id: "question_1003", label: "LinkedIn Profile", kind: "text", required: false }),
  field({
    id: "question_1005",
    label: "How did you hear about this job?",
    kind: "late-select",
    required: false,
    choices: referralSources,
  }),
  field({
    id: "question_1004[]",
    label: "Which of these languages do you use?",
    kind: "checkboxes",
    required: false,
    choices: choicesOf("TypeScript", "Go", "Python", "Rust", "Java"),
  }),
];

const equalOpportunity: readonly FormField[] = [
  field({
    id: "gender",
    label: "Gender",
    kind: "select",
    required: false,
    choices: choicesOf("Male", "Female", "Decline To Self Identify"),
  }),
];

export function greenhouseForm(job: Job): FormSections {
  const { extraQuestion } = job.variant;
  const extra = field({
    id: "question_1006",
    label: extraQuestionLabel,
    kind: "textarea",
    required: extraQuestion === "required",
  });
  const questions = extraQuestion === "none" ? ordinaryQuestions : [...ordinaryQuestions, extra];
  return { applicant, documents, lists: [], questions, equalOpportunity };
}
