import { constant, array, assert, jsonValue, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { ashbySchema } from "../ashby/schema.ts";
import { bamboohrSchema } from "../bamboohr/schema.ts";
import { leverSchema } from "../lever/schema.ts";
import { recruiteeSchema } from "../recruitee/schema.ts";
import { smartrecruitersSchema } from "../smartrecruiters/schema.ts";
import { formField } from "./form-field.fixture.ts";
import type { PublishedSchema } from "./published-schema.ts";
import { reconcileSchema } from "./reconcile-schema.ts";

interface Example {
  readonly site: string;
  readonly read: (document: unknown) => PublishedSchema | undefined;
  /** With one question, required, of these words and choices. */
  readonly document: (label: string, options: readonly string[]) => unknown;
}

const examples: readonly Example[] = [
  {
    site: "bamboohr",
    read: bamboohrSchema.readSchema,
    document: (question, options) => ({
      result: {
        formFields: {
          genderId: { isRequired: false, label: "Gender", options: [] },
          customQuestions: [
            {
              id: 4,
              isRequired: true,
              question,
              type: "multi",
              options: options.map((option, id) => ({ id, option })),
            },
          ],
        },
      },
    }),
  },
  {
    site: "recruitee",
    read: recruiteeSchema.readSchema,
    document: (body, options) => ({
      offer: {
        options_cv: "off",
        open_questions: [
          { kind: "infobox", body: "Read this", required: true },
          {
            id: 9,
            kind: "single_choice",
            body,
            required: true,
            open_question_options: options.map((option) => ({ body: option })),
          },
        ],
      },
    }),
  },
  {
    site: "lever",
    read: (document) => leverSchema.readSchema([document]),
    document: (text, options) => ({
      text: "Engineer",
      fields: [
        { type: "dropdown", text, required: true, options: options.map((one) => ({ text: one })) },
      ],
    }),
  },
  {
    site: "ashby",
    read: ashbySchema.readSchema,
    document: (title, options) => ({
      data: {
        jobPosting: {
          applicationForm: {
            sections: [
              {
                fieldEntries: [
                  {
                    id: "e1",
                    isRequired: true,
                    isHidden: false,
                    descriptionHtml: "<p>Tell us</p>",
                    field: {
                      path: "x1",
                      title,
                      type: "ValueSelect",
                      isNullable: false,
                      selectableValues: options.map((label) => ({ label, value: label })),
                    },
                  },
                  { isHidden: true, field: { path: "x2", title: "Hidden", type: "String" } },
                ],
              },
            ],
          },
          surveyForms: null,
        },
      },
    }),
  },
];

const question = formField({ id: "q", label: "Where to?", options: ["Here", "There"] });
const contact = [
  formField({ id: "n", name: "candidate.name" }),
  formField({ id: "m", name: "candidate.email" }),
].map((field) => ({ ...field, required: false }));

describe.each(examples)("what $site publishes", ({ read, document }) => {
  const published = read(document("Where to?", ["Here", "There"]));
  const against = (fields: readonly (typeof question)[]) =>
    reconcileSchema(published ?? { fields: [] }, { fields: [...contact, ...fields], buttons: {} });

  test("agrees with a page that asks the same", () => {
    expect(against([question])).toEqual([]);
  });

  test("disagrees with one that has a question less, more, or worded anew", () => {
    expect(against([])).toMatchObject([{ kind: "missing" }]);
    const more = formField({ id: "r", label: "Which island?" });
    expect(against([question, more])).toEqual([{ kind: "unpublished", field: more }]);
    const other = { ...question, label: "Where from?" };
    expect(against([other]).map(({ kind }) => kind)).toEqual(["missing", "unpublished"]);
  });

  test("disagrees with one that offers other choices", () => {
    const options = ["Here", "Nowhere"];
    expect(against([{ ...question, options }])).toMatchObject([
      { kind: "options", onlyPublished: ["There"], onlyOnPage: ["Nowhere"] },
    ]);
  });

  test("is not read from what it is not", () => {
    const good = JSON.stringify(document("Where to?", ["Here"]));
    for (const odd of [
      null,
      [],
      "",
      {},
      { data: { jobPosting: null } },
      JSON.parse(good.replace('"Where to?"', "7")),
      JSON.parse(good.replace(/\[(?=\{)/u, '["x",')),
    ]) {
      expect(read(odd), JSON.stringify(odd)).toBeUndefined();
    }
  });
});

describe("smartrecruiters publishes the parts of its first page", () => {
  const part = { required: true, visible: true };
  const fieldSets = {
    firstAndLastName: part,
    email: part,
    placeOfResidence: { ...part, configuration: { locationType: "CITY" } },
    socialProfiles: { linkedIn: { required: false, visible: true }, facebook: { visible: false } },
    resume: part,
  };
  const schema = smartrecruitersSchema.readSchema({ fieldSets });
  const fields = [
    formField({ id: "first-name-input" }),
    formField({ id: "last-name-input" }),
    formField({ id: "email-input", meaning: "email" }),
    formField({ id: "confirm-email-input", meaning: "email.confirm" }),
    formField({ id: "spl-form-element_3", label: "Ville", meaning: "address.city" }),
    formField({ id: "file-input", label: "CV", kind: "file", meaning: "resume" }),
  ];
  const next = { text: "Next", frame: "", selector: "button", enabled: true };
  const against = (shown: typeof fields) =>
    reconcileSchema(schema ?? { fields: [] }, { fields: shown, buttons: { next } });

  test("which agree with it, and a part that is not there is missing", () => {
    expect(schema?.fields.some(({ name }) => name === "facebook-input")).toBe(false);
    expect(against(fields)).toEqual([]);
    expect(against(fields.slice(0, -1))).toMatchObject([
      { kind: "missing", published: { kind: "file" } },
    ]);
    const more = formField({ id: "spl-form-element_4", label: "Which island?" });
    expect(against([...fields, more])).toEqual([{ kind: "unpublished", field: more }]);
  });

  test("only in the one answer that has them", () => {
    const at = (path: string, host = "jobs.smartrecruiters.com") =>
      smartrecruitersSchema.isSchema(new URL(`https://${host}/oneclick-ui/api/${path}`));
    expect(at("company/5f/publication/0f/config")).toBe(true);
    expect(at("company/5f/publication/0f/config", "jobs.smartrecruiters.com.example")).toBe(false);
    expect(at("company/5f/publication/0f/locations")).toBe(false);
    for (const odd of [null, [], { fieldSets: null }, { fieldSets: { email: true } }]) {
      expect(smartrecruitersSchema.readSchema(odd)).toBeUndefined();
    }
  });
});

test("no document makes a reader throw", () => {
  const readers = [...examples.map(({ read }) => read), smartrecruitersSchema.readSchema];
  const known = oneof(jsonValue(), constant(undefined), constant(Number.NaN));
  assert(
    property(known, array(jsonValue()), (one, several) => {
      for (const read of readers) for (const odd of [one, ...several]) read(odd);
      leverSchema.readSchema(several);
    }),
  );
});

test.each([
  ["https://northwind.bamboohr.com/careers/77?source=x", "/careers/77/detail"],
  ["https://northwind.bamboohr.com/jobs/view.php?id=77", "/careers/77/detail"],
  ["https://northwind.bamboohr.com/careers", undefined],
  ["https://northwind.bamboohr.com.example/careers/77", undefined],
])("the form behind %s is published at %s", (address, path) => {
  expect(bamboohrSchema.schemaUrl(new URL(address))?.pathname).toBe(path);
});

test.each([
  ["https://northwind.recruitee.com/o/engineer/c/new", "/api/offers/engineer"],
  ["https://northwind.recruitee.com/l/de/o/ingenieur-%C3%BC", "/api/offers/ingenieur-%C3%BC"],
  ["https://northwind.recruitee.com/", undefined],
])("the offer behind %s is published at %s", (address, path) => {
  expect(recruiteeSchema.schemaUrl(new URL(address))?.pathname).toBe(path);
});

test.each([
  ["https://jobs.ashbyhq.com/api/non-user-graphql?op=ApiJobPosting", true],
  ["https://jobs.ashbyhq.com/api/non-user-graphql?op=ApiOrganization", false],
  ["https://evil.example/api/non-user-graphql?op=ApiJobPosting", false],
])("the answer of %s is Ashby's: %s", (address, isIt) => {
  expect(ashbySchema.isSchema(new URL(address))).toBe(isIt);
});
