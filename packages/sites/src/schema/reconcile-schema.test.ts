import { expect, test } from "vitest";
import { formField } from "./form-field.fixture.ts";
import type { PublishedField } from "./published-schema.ts";
import { reconcileSchema } from "./reconcile-schema.ts";

function published(given: Partial<PublishedField> & Pick<PublishedField, "name">): PublishedField {
  return { label: given.name, kind: "text", required: true, options: [], ...given };
}

const lastPage = { buttons: {} };

test("a page that asks what is published agrees", () => {
  const fields = [
    published({ name: "first_name", label: "First Name" }),
    published({ name: "question_7[]", label: "Tools", kind: "choices", options: ["Go", "Rust"] }),
    published({ name: "website", label: "Website", required: false }),
  ];
  const form = [
    formField({ id: "first_name" }),
    formField({ id: "tools", domId: "", name: "question_7[]", options: ["Rust", "Go"] }),
  ];
  expect(reconcileSchema({ fields }, { fields: form, ...lastPage })).toEqual([]);
});

test("a required question that the page does not ask is missing", () => {
  const fields = [
    published({ name: "email" }),
    published({ name: "question_1", label: "Why us?" }),
  ];
  const form = { fields: [formField({ id: "email" })], ...lastPage };
  expect(reconcileSchema({ fields }, form)).toEqual([{ kind: "missing", published: fields[1] }]);
});

test("what a page lacks may still come on the next one", () => {
  const fields = [published({ name: "email" }), published({ name: "question_1" })];
  const next = { text: "Next", frame: "", selector: "button", enabled: true };
  const form = { fields: [formField({ id: "email" })], buttons: { next } };
  expect(reconcileSchema({ fields }, form)).toEqual([]);
});

test("a compliance question that the page leaves out is no disagreement", () => {
  const fields = [published({ name: "race", mayBeAbsent: true })];
  expect(reconcileSchema({ fields }, { fields: [], ...lastPage })).toEqual([]);
});

test("what only some people see counts as not asked", () => {
  const fields = [published({ name: "salary" })];
  const form = { fields: [formField({ id: "salary", visible: false })], ...lastPage };
  expect(reconcileSchema({ fields }, form)).toEqual([{ kind: "missing", published: fields[0] }]);
});

test("a question that only the page requires is not published", () => {
  const extra = formField({ id: "question_9", label: "Are you related to our staff?" });
  const optional = formField({ id: "question_10", required: false });
  const trap = formField({ id: "website_url", policy: "never" });
  const form = { fields: [extra, optional, trap], ...lastPage };
  expect(reconcileSchema({ fields: [] }, form)).toEqual([{ kind: "unpublished", field: extra }]);
});

test("one control of several that take the same answer is enough", () => {
  const fields = [published({ name: "resume", kind: "file", alternatives: ["resume_text"] })];
  for (const id of ["resume", "resume_text"]) {
    expect(reconcileSchema({ fields }, { fields: [formField({ id })], ...lastPage })).toEqual([]);
  }
});

test("a page with names of its own is matched by its words, each question once", () => {
  const fields = [
    published({ name: "101", label: "When could you start?" }),
    published({ name: "102", label: "When could you start?" }),
  ];
  const form = { fields: [formField({ id: "x1", label: "When could you start" })], ...lastPage };
  expect(reconcileSchema({ fields }, form)).toEqual([{ kind: "missing", published: fields[1] }]);
});

test("rows of one question carry its name and a number", () => {
  const fields = [published({ name: "school" }), published({ name: "consent" })];
  const form = [formField({ id: "school--0" }), formField({ id: "school--1" })];
  const consent = formField({ id: "consent_0" });
  expect(reconcileSchema({ fields }, { fields: [...form, consent], ...lastPage })).toEqual([]);
});

test("other choices than the published ones are told from both sides", () => {
  const one = published({ name: "visa", kind: "choice", options: ["Yes", "No", "Not sure"] });
  const field = formField({ id: "visa", options: ["Select…", "Yes", "No", "H-1B"] });
  expect(reconcileSchema({ fields: [one] }, { fields: [field], ...lastPage })).toEqual([
    {
      kind: "options",
      published: one,
      field,
      onlyPublished: ["Not sure"],
      onlyOnPage: ["H-1B"],
    },
  ]);
});

test("a choice that reads like a prompt is one where it is published", () => {
  const options = ["Male", "Female", "Choose not to disclose"];
  const one = published({ name: "gender", kind: "choice", options });
  const form = { fields: [formField({ id: "gender", options: ["Select", ...options] })] };
  expect(reconcileSchema({ fields: [one] }, { ...form, ...lastPage })).toEqual([]);
});

test.each([
  { name: "is not open yet", options: [] },
  { name: "shows its prompt alone", options: ["Please select"] },
])("a list that $name says nothing of its choices", ({ options }) => {
  const one = published({ name: "visa", kind: "choice", options: ["Yes", "No"] });
  const form = { fields: [formField({ id: "visa", options })], ...lastPage };
  expect(reconcileSchema({ fields: [one] }, form)).toEqual([]);
});

test("a long list is shown in parts, and a choice that is not published is still seen", () => {
  const options = Array.from({ length: 250 }, (_none, index) => `College ${index}`);
  const one = published({ name: "school", kind: "choice", options });
  const part = formField({ id: "school", options: options.slice(0, 100) });
  expect(reconcileSchema({ fields: [one] }, { fields: [part], ...lastPage })).toEqual([]);
  const other = { ...part, options: ["College of the Sea"] };
  expect(reconcileSchema({ fields: [one] }, { fields: [other], ...lastPage })).toMatchObject([
    { kind: "options", onlyPublished: [], onlyOnPage: ["College of the Sea"] },
  ]);
});

test("a schema of the first page alone is held against that page and no other", () => {
  const fields = [
    published({ name: "first-name", meanings: ["name.first"] }),
    published({ name: "phone", meanings: ["phone"] }),
    published({ name: "city", label: "", meanings: ["address.city", "location"] }),
  ];
  const schema = { fields, isFirstPageOnly: true } as const;
  const next = { text: "Next", frame: "", selector: "button", enabled: true };
  const first = [
    formField({ id: "spl-1", label: "Vorname", meaning: "name.first" }),
    formField({ id: "spl-2", label: "Telefon", meaning: "phone" }),
  ];
  const city = formField({ id: "spl-3", label: "Wohnort", meaning: "location" });
  const buttons = { next };
  expect(reconcileSchema(schema, { fields: [...first, city], buttons })).toEqual([]);
  expect(reconcileSchema(schema, { fields: first, buttons })).toEqual([
    { kind: "missing", published: fields[2] },
  ]);
  const screening = [formField({ id: "q1" }), formField({ id: "q2" })];
  expect(reconcileSchema(schema, { fields: screening, ...lastPage })).toEqual([]);
});

test.each([
  "Bitte auswählen",
  "Sélectionner...",
  "Seleccione una opción",
  "Kies…",
  "Wybierz",
  "--",
])("the prompt %s of a list is no choice", (prompt) => {
  const fields = [published({ name: "move", options: ["A", "B"] })];
  const form = { fields: [formField({ id: "move", options: [prompt, "A", "B"] })], ...lastPage };
  expect(reconcileSchema({ fields }, form)).toEqual([]);
});
