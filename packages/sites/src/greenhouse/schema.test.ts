import { expect, test } from "vitest";
import { formField } from "../schema/form-field.fixture.ts";
import { reconcileSchema } from "../schema/reconcile-schema.ts";
import { greenhouseSchema } from "./schema.ts";

const yesNo = [
  { value: 1, label: "Yes" },
  { value: 0, label: "No" },
];

function input(name: string, type = "input_text", values: readonly unknown[] = []): unknown {
  return { name, type, values };
}

const job = {
  id: 7_100_001,
  internal_job_id: 9,
  title: "Data Analyst",
  education: "education_optional",
  questions: [
    { required: true, label: "First Name", description: null, fields: [input("first_name")] },
    { required: false, label: "Phone", fields: [input("phone")] },
    {
      required: true,
      label: "Resume",
      description: null,
      fields: [input("resume", "input_file"), input("resume_text", "textarea")],
    },
    {
      required: true,
      label: "EXPORT COMPLIANCE",
      description: "<p>This role is subject to <b>export&nbsp;control</b> &amp; audits.</p>",
      fields: [input("question_51", "multi_value_single_select", yesNo)],
    },
    {
      required: null,
      label: "Tools",
      fields: [input("question_52[]", "multi_value_multi_select", [{ value: 3, label: "Go" }])],
    },
  ],
  location_questions: [
    {
      required: true,
      label: "Location (City)",
      fields: [
        input("latitude", "input_hidden"),
        input("longitude", "input_hidden"),
        input("location"),
      ],
    },
  ],
  compliance: [
    {
      type: "eeoc",
      description: "<p>Voluntary.</p>",
      questions: [
        {
          required: true,
          label: "Race",
          fields: [input("race", "multi_value_single_select", [{ value: 1, label: "Asian" }])],
        },
      ],
    },
    { type: "race_ethnicity", description: "Words alone." },
  ],
  demographic_questions: {
    header: "Survey",
    questions: [
      {
        id: 4,
        label: "Which age group are you in?",
        required: true,
        type: "multi_value_single_select",
        answer_options: [{ id: 7, label: "18-24", free_form: false, decline_to_answer: false }],
      },
    ],
  },
  data_compliance: [
    {
      type: "gdpr",
      requires_consent: true,
      requires_processing_consent: true,
      requires_retention_consent: false,
      retention_period: null,
    },
  ],
};

const page = [
  formField({ id: "first_name" }),
  formField({ id: "country", label: "Country", kind: "combobox" }),
  formField({ id: "phone" }),
  formField({ id: "candidate-location", label: "Location (City)" }),
  formField({ id: "resume", label: "Attach", kind: "file" }),
  formField({ id: "question_51", label: "EXPORT COMPLIANCE", kind: "combobox" }),
  formField({ id: "question_52[]", domId: "", name: "question_52[]", options: ["Go"] }),
  formField({ id: "school--0", label: "School" }),
  formField({ id: "company-name-0", label: "Company name" }),
  formField({ id: "gdpr_processing_consent_given_0", label: "I agree", kind: "checkbox" }),
];

test.each([
  ["https://job-boards.greenhouse.io/northwind/jobs/71001?utm_source=x", "northwind/jobs/71001"],
  ["https://job-boards.eu.greenhouse.io/northwind/jobs/71001", "northwind/jobs/71001"],
  ["https://boards.greenhouse.io/embed/job_app?for=northwind&token=71001", "northwind/jobs/71001"],
  ["https://boards.greenhouse.io/northwind?gh_jid=71001", "northwind/jobs/71001"],
])("%s is published", (address, path) => {
  expect(greenhouseSchema.schemaUrl(new URL(address))?.href).toBe(
    `https://boards-api.greenhouse.io/v1/boards/${path}?questions=true`,
  );
});

test.each([
  // An employer's own page does not tell the board.
  "https://careers.example.com/open-roles?gh_jid=71001",
  "https://job-boards.greenhouse.io/embed/job_app?token=71001",
  "https://job-boards.greenhouse.io/northwind/jobs/..%2Fsecrets",
  "https://job-boards.greenhouse.io/..%2F..%2Fx/jobs/71001",
  "https://job-boards.greenhouse.io/northwind",
])("nothing is asked for of %s", (address) => {
  expect(greenhouseSchema.schemaUrl(new URL(address))).toBeUndefined();
});

test("questions come with their kinds, words, choices and what may be used in their place", () => {
  const fields = greenhouseSchema.readSchema(job)?.fields ?? [];
  const byName = new Map(fields.map((field) => [field.name, field]));
  expect(byName.get("resume")).toEqual({
    name: "resume",
    label: "Resume",
    kind: "file",
    required: true,
    options: [],
    alternatives: ["resume_text"],
  });
  expect(byName.get("question_51")).toEqual({
    name: "question_51",
    label: "EXPORT COMPLIANCE",
    description: "This role is subject to export control & audits.",
    kind: "yes_no",
    required: true,
    options: ["Yes", "No"],
  });
  expect(byName.get("question_52[]")).toMatchObject({ kind: "choices", required: false });
  expect(byName.get("location")).toMatchObject({
    label: "Location (City)",
    kind: "text",
    alternatives: ["candidate-location"],
  });
  expect(byName.get("race")).toMatchObject({ mayBeAbsent: true, options: ["Asian"] });
  expect(byName.get("4")).toMatchObject({ mayBeAbsent: true, options: ["18-24"] });
  expect(byName.has("latitude")).toBe(false);
});

test("a page that draws what is published and what it always draws agrees", () => {
  const schema = greenhouseSchema.readSchema(job) ?? { fields: [] };
  expect(reconcileSchema(schema, { fields: page, buttons: {} })).toEqual([]);
});

test("a consent that nobody publishes is seen", () => {
  const silent = { ...job, data_compliance: [] };
  const schema = greenhouseSchema.readSchema(silent) ?? { fields: [] };
  expect(reconcileSchema(schema, { fields: page, buttons: {} })).toMatchObject([
    { kind: "unpublished", field: { id: "gdpr_processing_consent_given_0" } },
  ]);
});

test.each([null, [], {}, { questions: "none" }, { status: 404, error: "Not found" }])(
  "%j is no schema",
  (document) => {
    expect(greenhouseSchema.readSchema(document)).toBeUndefined();
  },
);
