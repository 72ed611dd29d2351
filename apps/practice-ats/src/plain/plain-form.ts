import { countries } from "../countries.ts";
import { choicesOf, field, type Choice, type FieldErrors, type FormField } from "../form-field.ts";
import { hostileWords } from "../hostile-words.ts";
import type { Job } from "../job-catalogue.ts";
import { extraQuestionLabel } from "../submit-replies.ts";

const yesOrNo: readonly Choice[] = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

export const contactFields: readonly FormField[] = [
  field({ id: "first_name", label: "First name", kind: "text", autocomplete: "given-name" }),
  field({ id: "last_name", label: "Last name", kind: "text", autocomplete: "family-name" }),
  field({ id: "email", label: "Email", kind: "email", autocomplete: "email" }),
  field({ id: "phone", label: "Phone", kind: "tel", autocomplete: "tel" }),
  field({
    id: "country",
    label: "Country",
    kind: "select",
    autocomplete: "country",
    choices: countries.map(({ code, name }) => ({ value: code, label: name })),
  }),
  field({
    id: "linkedin_url",
    label: "LinkedIn URL",
    kind: "url",
    required: false,
    autocomplete: "url",
  }),
];

const ordinaryQuestions: readonly FormField[] = [
  field({
    id: "resume",
    label: "Résumé",
    kind: "file",
    hint: "PDF, Word, text or RTF, at most 10 MB.",
  }),
  field({
    id: "work_authorization",
    label: "Are you legally authorized to work in the United States?",
    kind: "radio",
    choices: yesOrNo,
  }),
  field({
    id: "sponsorship",
    label: "Will you now or in the future require sponsorship for employment visa status?",
    kind: "radio",
    choices: yesOrNo,
  }),
  field({ id: "years_of_experience", label: "Years of experience", kind: "number" }),
  field({ id: "cover_letter", label: "Cover letter", kind: "textarea", required: false }),
  field({
    id: "referral_source",
    label: "How did you hear about us?",
    kind: "select",
    required: false,
    choices: choicesOf(
      "Company website",
      "Job board",
      "LinkedIn",
      "A friend or colleague",
      "Other",
    ),
  }),
];

const privacyNotice = field({
  id: "privacy_notice",
  label: "I have read and agree to the privacy notice",
  kind: "checkbox",
  choices: [{ value: "agreed", label: "Yes" }],
});

const noticePeriod = field({
  id: "notice_period",
  label: "Notice period",
  kind: "odd-list",
  choices: choicesOf("None", "2 weeks", "1 month", "3 months"),
});

/** The first has to be answered. */
const hostileQuestions: readonly FormField[] = Array.from({ length: 300 }, (_, n) =>
  field({
    id: `hostile_${n}`,
    label: `${hostileWords(n)} ${n}`,
    kind: n === 0 ? "textarea" : n % 10 === 9 ? "select" : "text",
    required: n === 0,
    choices: n % 10 === 9 ? choicesOf(hostileWords(n + 1), hostileWords(n + 2)) : [],
    hint: hostileWords(n + 3),
  }),
);

/** The second page of a job's form. */
export function questionFields(job: Job): readonly FormField[] {
  const { extraQuestion, hasOddWidget, hasHostileWords } = job.variant;
  if (hasHostileWords) return [...ordinaryQuestions, ...hostileQuestions, privacyNotice];
  if (hasOddWidget) return [...ordinaryQuestions, noticePeriod, privacyNotice];
  if (extraQuestion === "none") return [...ordinaryQuestions, privacyNotice];
  const extra = field({
    id: "referral_programme",
    label: extraQuestionLabel,
    kind: "text",
    required: extraQuestion === "required",
  });
  return [...ordinaryQuestions, extra, privacyNotice];
}

export function hasErrors(errors: FieldErrors): boolean {
  return Object.keys(errors).length > 0;
}
