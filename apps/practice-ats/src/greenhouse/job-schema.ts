import type { FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed } from "../postings/seeds.ts";
import type { FormSections } from "./form-sections.ts";

/** A posting as the public job board interface describes it, with the form's questions. */
export function jobSchema(
  { seed, title, location }: SeededPosting,
  { form, absoluteUrl }: { readonly form: FormSections; readonly absoluteUrl: string },
): unknown {
  const isPlace = ({ id }: FormField) => id === "candidate-location";
  const isConsent = ({ kind }: FormField) => kind === "checkbox";
  const applicant = form.applicant.filter((one) => one.id !== "country" && !isPlace(one));
  return {
    id: Number(numberOfSeed(seed)),
    internal_job_id: 4_000_000 + seed,
    requisition_id: `NW-${seed}`,
    title,
    location: { name: location },
    absolute_url: absoluteUrl,
    education: form.lists.length > 0 ? "education_required" : "education_optional",
    questions: [
      ...applicant.map((one) => question(one)),
      ...form.documents.map((one) => documentQuestion(one)),
      ...form.questions.filter((one) => !isConsent(one)).map((one) => question(one)),
    ],
    location_questions: form.applicant
      .filter((one) => isPlace(one))
      .map((one) => locationQuestion(one)),
    compliance:
      form.equalOpportunity.length === 0
        ? []
        : [
            {
              type: "eeoc",
              description: "Answering is voluntary.",
              questions: form.equalOpportunity.map((one) => question(one)),
            },
          ],
    demographic_questions: null,
    data_compliance: [dataCompliance(form.questions.some((one) => isConsent(one)))],
  };
}

const types: Partial<Record<FormField["kind"], string>> = {
  textarea: "textarea",
  select: "multi_value_single_select",
  "late-select": "multi_value_single_select",
  checkboxes: "multi_value_multi_select",
  file: "input_file",
};

function question({ id, label, kind, required, choices }: FormField): unknown {
  const values = choices.map((choice, index) => ({ value: index + 1, label: choice.label }));
  const type = types[kind] ?? "input_text";
  return { required, label, description: null, fields: [{ name: id, type, values }] };
}

/** The text that may be typed in place of the file is the other field of the same question. */
function documentQuestion({ id, label, required }: FormField): unknown {
  return {
    required,
    label,
    description: null,
    fields: [
      { name: id, type: "input_file", values: [] },
      { name: `${id}_text`, type: "textarea", values: [] },
    ],
  };
}

function locationQuestion({ label, required }: FormField): unknown {
  return {
    required,
    label,
    description: null,
    fields: [
      { name: "latitude", type: "input_hidden", values: [] },
      { name: "longitude", type: "input_hidden", values: [] },
      { name: "location", type: "input_text", values: [] },
    ],
  };
}

function dataCompliance(requiresConsent: boolean): unknown {
  return {
    type: "gdpr",
    requires_consent: requiresConsent,
    requires_processing_consent: requiresConsent,
    requires_retention_consent: false,
    retention_period: null,
  };
}
