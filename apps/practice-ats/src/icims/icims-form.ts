import { countries } from "../countries.ts";
import { choicesOf, field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The questions of a posting, page by page. Ids are the names that controls are sent under. */
export interface IcimsForm {
  readonly email: readonly FormField[];
  readonly resume: FormField;
  readonly profile: readonly FormField[];
  readonly questions: readonly FormField[];
  /** Of the profile page: the résumé stands below what it wipes. */
  readonly isResumeLast: boolean;
  /** No page follows the profile: its button sends. */
  readonly isProfileLast: boolean;
}

export const resumeId = "PortalProfileFields.Resume_File";
export const emailId = "css_loginName";
export const countryId = "-1_PersonProfileFields.AddressCountry";

const optional = { required: false };
const months = Array.from({ length: 12 }, (_, index) =>
  new Intl.DateTimeFormat("en", { month: "long" }).format(new Date(2026, index, 1)),
);
const days = Array.from({ length: 31 }, (_, index) => String(index + 1));
const years = Array.from({ length: 12 }, (_, index) => String(2026 + index));

export function icimsForm(posting: SeededPosting, quirks: ReadonlySet<string>): IcimsForm {
  const { word, seed, hasPrivacyConsent, equalOpportunity } = posting;
  const names = [
    field({ id: "PersonProfileFields.FirstName", label: word("firstName"), kind: "text" }),
    field({ id: "PersonProfileFields.LastName", label: word("lastName"), kind: "text" }),
  ];
  const isProfileLast = quirks.has("submit-profile");
  const email = field({ id: emailId, label: word("email"), kind: "email" });
  return {
    email: [
      email,
      ...(hasPrivacyConsent
        ? [
            field({
              id: "accept_gdpr",
              label: word("privacyConsent"),
              kind: "checkbox",
              choices: choicesOf("true"),
            }),
          ]
        : []),
    ],
    resume: field({ id: resumeId, label: word("resume"), kind: "file" }),
    profile: [
      ...(seed % 2 === 0 ? names : names.toReversed()),
      field({ id: "PersonProfileFields.Email", label: word("email"), kind: "email" }),
      field({ id: "-1_PersonProfileFields.PhoneNumber", label: word("phone"), kind: "tel" }),
      field({ id: "-1_PersonProfileFields.AddressCity", label: word("city"), kind: "text" }),
      field({
        id: countryId,
        label: word("country"),
        kind: "late-select",
        choices: countryChoices(),
      }),
      ...(seed % 3 === 0 ? [...employer(1), ...employer(2)] : []),
      ...(quirks.has("password") ? [password] : []),
    ],
    questions: isProfileLast ? [] : [...posting.questions.flatMap(inParts), ...equalOpportunity],
    isResumeLast: quirks.has("reload-wipes") || seed % 4 === 1,
    isProfileLast,
  };
}

export function isPassword({ id }: FormField): boolean {
  return id === password.id;
}

/** The second row of a collection is on the page from the start, but not shown. */
export function isHiddenRow({ id }: FormField): boolean {
  return id.startsWith("-2_");
}

const password = field({
  id: "PersonProfileFields.Password",
  label: "Create a password",
  kind: "text",
});

function employer(row: 1 | 2): FormField[] {
  return [
    field({
      id: `-${row}_CandProfileFields.Employer`,
      label: "Employer",
      kind: "text",
      ...optional,
    }),
    field({
      id: `-${row}_CandProfileFields.JobTitle`,
      label: "Job title",
      kind: "text",
      ...optional,
    }),
  ];
}

/** A date is asked as three lists. */
function inParts(question: FormField): FormField[] {
  if (question.kind !== "date") return [question];
  const part = (name: string, offered: readonly string[]): FormField => ({
    ...question,
    id: `${question.id}_${name}`,
    kind: "select",
    choices: choicesOf(...offered),
  });
  return [part("Month", months), part("Date", days), part("Year", years)];
}

function countryChoices() {
  return choicesOf(...countries.map(({ name }) => name));
}
