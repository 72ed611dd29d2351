import { type FieldKind, type FormField, Meaning, policyClasses } from "@valet/contracts";
import { expect, test } from "vitest";
import { exampleProfile } from "../test/example-profile.ts";
import { planFields } from "../plan/plan-fields.ts";
import { assignMeaning } from "./assign-meaning.ts";
import { unsureFields } from "./unsure-fields.ts";
import { withMeanings } from "./with-meanings.ts";

function aField(label: string, given: Partial<FormField> = {}): FormField {
  const kind: FieldKind = given.kind ?? "text";
  const options = given.options ?? [];
  const { meaning, confidence, policy, why } = assignMeaning({ kind, label, options });
  const fixed = { frame: "https://jobs.test/", selector: "#x", required: true, visible: true };
  return { id: label, label, kind, options, meaning, confidence, policy, why, ...fixed, ...given };
}

const email = aField("E-mail");
const unknown = aField("Ruf uns zurück unter");

const suggested = (fields: readonly FormField[], meanings: Record<string, Meaning>) =>
  withMeanings(fields, new Map(Object.entries(meanings)));

const meaningOf = (field: FormField, meaning: Meaning, others: readonly FormField[] = [email]) =>
  suggested([...others, field], { [field.id]: meaning }).at(-1)?.meaning;

const planOf = (fields: readonly FormField[]) =>
  planFields({ fields, profile: exampleProfile, resume: null, today: "2026-01-01" });

test("only open fields of which no word says what they ask for are unsure", () => {
  const trap = { ...unknown, id: "trap", policy: "never" as const };
  const hidden = { ...unknown, id: "hidden", visible: false };
  const file = aField("Something", { kind: "file" });

  expect(unsureFields([email, unknown, trap, hidden, file])).toEqual([unknown]);
});

test("a field that no rule knows is filled from the profile by what was suggested, as a guess", () => {
  const fields = suggested([email, unknown], { [unknown.id]: "phone" });

  expect(fields[0]).toBe(email);
  expect(fields[1]).toMatchObject({ meaning: "phone", policy: "fill", confidence: 0.65 });
  expect(planOf([email, unknown])[1]).toMatchObject({ action: "ask" });
  expect(planOf(fields)[1]).toMatchObject({
    action: "fill",
    source: "profile",
    sourceRef: "/basics/phone",
    confidence: 0.65,
  });
});

const guardedClasses = new Set([
  "legal",
  "workAuthorization",
  "salary",
  "demographic",
  "consent",
  "attestation",
  "never",
  "freeText",
]);
const allKinds: readonly FieldKind[] = [
  "text",
  "textarea",
  "select",
  "combobox",
  "radio-group",
  "checkbox",
  "email",
  "tel",
  "number",
  "date",
  "listbox",
  "button-group",
  "checkbox-group",
  "url",
  "other",
];

test("no suggestion makes a field one of a guarded class, whatever its control", () => {
  const guarded = Meaning.options.filter((meaning) => guardedClasses.has(policyClasses[meaning]));
  const taken = guarded.flatMap((meaning) =>
    allKinds.flatMap((kind) => {
      const field = { ...unknown, kind };
      return meaningOf(field, meaning) === field.meaning ? [] : [`${meaning} ${kind}`];
    }),
  );

  expect(guarded.length).toBeGreaterThan(25);
  expect(taken).toEqual([]);
});

const choices: Partial<FormField> = { kind: "radio-group", options: ["Ja", "Nein"] };
const countries: Partial<FormField> = { kind: "select", options: ["Finland", "Sweden"] };

test.each<[string, FormField, Meaning]>([
  ["a name for a list of yes and no", aField("Onko sinulla?", choices), "name.first"],
  ["a school for a list of yes and no", aField("Onko sinulla?", choices), "education.school"],
  [
    "a preference for a question nobody can read",
    aField("Onko sinut tuomittu?", choices),
    "relocation",
  ],
  [
    "a residence for what may be a citizenship",
    aField("Kansalaisuus", countries),
    "address.country",
  ],
  ["an e-mail address for a number", aField("Luku", { kind: "number" }), "email"],
  ["a phone for prose", aField("Kerro lisää", { kind: "textarea" }), "phone"],
  ["a name for a signature", aField("Unterschrift (Vor- und Nachname)"), "name.full"],
  ["a name for a declaration", aField("Ich erkläre hiermit"), "name.first"],
  ["a phone for a manager's", aField("Chef (manager) am Apparat"), "phone"],
  ["a number for an identity card", aField("Numer: identity card"), "address.postalCode"],
  ["a grade for pay", aField("Palkka / salary band"), "education.grade"],
  ["a name for a very long statement", aField("Nimi ".repeat(40)), "name.first"],
  ["a day for a day of birth", aField("Syntynyt", { kind: "date" }), "birthdate"],
])("%s is not taken", (_, field, meaning) => {
  expect(meaningOf(field, meaning)).toBe(field.meaning);
});

test("what a rule is sure of, what nobody may fill and what is not shown keep what they are", () => {
  const trap = { ...unknown, policy: "never" as const };
  const hidden = { ...unknown, visible: false };

  expect(meaningOf(aField("Postcode"), "phone")).toBe("address.postalCode");
  expect(suggested([email, trap], { [trap.id]: "phone" })[1]).toBe(trap);
  expect(suggested([email, hidden], { [hidden.id]: "phone" })[1]).toBe(hidden);
});

test("what another field asks for already is not asked for twice", () => {
  expect(meaningOf(unknown, "email")).toBe(unknown.meaning);
  expect(meaningOf(unknown, "name.full", [email, aField("First name")])).toBe(unknown.meaning);
  expect(meaningOf(unknown, "name.last", [email, aField("Full name")])).toBe(unknown.meaning);
});

test("a name is only taken where the page asks how to reach its owner, as no page does that is signed", () => {
  expect(meaningOf(unknown, "name.full", [])).toBe(unknown.meaning);
  expect(meaningOf(unknown, "name.full")).toBe("name.full");
});

test("a trap takes no meaning away from the field that a person sees", () => {
  const trap = { ...aField("Phone"), id: "trap", visible: false, policy: "never" as const };

  expect(meaningOf(unknown, "phone", [email, trap])).toBe("phone");
});

test("whoever says the same of every field has said nothing, and ids of nobody change nothing", () => {
  const fields = [aField("Yksi"), aField("Kaksi"), aField("Kolme")];
  const all = Object.fromEntries(fields.map(({ id }) => [id, "phone" as const]));

  expect(suggested(fields, all)).toEqual(fields);
  expect(suggested(fields, { nobody: "phone", __proto__: "email" as const })).toEqual(fields);
});
