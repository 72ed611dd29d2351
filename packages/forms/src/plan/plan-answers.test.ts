import { expect, test } from "vitest";
import { exampleField, exampleProfile, type GivenField, today } from "../test/example-profile.ts";
import { type GivenAnswer, planAnswers } from "./plan-answers.ts";
import { planFields } from "./plan-fields.ts";

const inAdvance = (question: string, answer: GivenAnswer["answer"]): GivenAnswer => ({
  fieldId: null,
  question,
  answer,
});

function planAll(given: readonly GivenField[], answers: readonly GivenAnswer[]) {
  const fields = given.map(exampleField);
  const planned = planFields({ fields, profile: exampleProfile, resume: null, today });
  return { planned, plan: planAnswers(fields, { planned, answers }) };
}

const planOne = (field: GivenField, answer: GivenAnswer["answer"]) =>
  planAll([field], [inAdvance(field.label, answer)]).plan[0];

const boat: GivenField = {
  label: "Do you own a boat?",
  kind: "radio-group",
  options: ["Yes", "No"],
};

test("an answer in advance goes to the field of its words, before profile and answer bank", () => {
  const email: GivenField = { label: "Email *", kind: "email" };
  const why: GivenField = { label: "Why do you want to build harbours?", kind: "textarea" };
  const { plan } = planAll(
    [email, why, boat],
    [
      inAdvance("e mail?", "not this one"),
      inAdvance("EMAIL", "ada@other.example.com"),
      inAdvance("why do you want to build harbours", "For the tide."),
      inAdvance("Do you own a boat", "no"),
    ],
  );
  expect(plan).toMatchObject([
    { value: "ada@other.example.com", source: "person" },
    { value: "For the tide.", source: "person" },
    { value: "No", source: "person", confidence: 1 },
  ]);
});

test("what nobody may fill stays as it was planned, whatever answer names it", () => {
  const barred: readonly GivenField[] = [
    { label: "Website (leave this empty)", policy: "never", meaning: "honeypot" },
    { label: "Password", kind: "password" },
    { label: "Choose a password", meaning: "account.password", policy: "never" },
    { label: "Résumé", kind: "file" },
    { label: "I am not a robot", kind: "checkbox", meaning: "captcha", policy: "never" },
  ];
  const answers = barred.map(({ label }) => inAdvance(label, "Yes"));
  const { plan, planned } = planAll(barred, answers);
  expect(plan).toEqual(planned);
  expect(plan.map(({ source }) => source)).not.toContain("person");
});

test("a trap with the words of a question does not keep the answer from it", () => {
  const { plan } = planAll(
    [
      { label: "Favourite tide", id: "real" },
      { label: "Favourite tide", id: "trap", policy: "never" },
    ],
    [inAdvance("Favourite tide", "Spring")],
  );
  expect(plan).toMatchObject([
    { id: "real", action: "fill", value: "Spring" },
    { id: "trap", action: "skip", value: null },
  ]);
});

test("for a demographic question only a choice that says the same is taken", () => {
  const gender: GivenField = { label: "Gender", kind: "select", options: ["Female", "Male"] };
  expect(planOne(gender, "male")).toMatchObject({ value: "Male", source: "person" });
  expect(planOne({ ...gender, options: ["Female", "Non-binary"] }, "male")?.action).toBe("ask");
  expect(planOne(gender, "decline")?.action).toBe("ask");
});

test("an answer that fits no choice is asked for, and nothing stored takes its place", () => {
  const currency: GivenField = {
    label: "Expected annual salary (USD)",
    kind: "select",
    options: ["$60,000 - $80,000", "$80,001 - $100,000"],
  };
  expect(planAll([currency], []).plan[0]?.action).toBe("fill");
  expect(planOne(currency, "a fair one")).toMatchObject({ action: "ask", value: null });
  expect(planOne({ ...boat, required: false }, "Sometimes")?.action).toBe("ask");
  expect(planOne({ label: "Earliest day", kind: "date" }, "in spring")?.action).toBe("ask");
  expect(planOne({ label: "Email", kind: "email" }, "none")?.action).toBe("ask");
});

test("a box is ticked by yes alone, and one that must be ticked is asked about after a no", () => {
  const box: GivenField = { label: "I have a licence", kind: "checkbox", required: false };
  expect(planOne(box, "yes")?.value).toBe(true);
  expect(planOne(box, "No")?.value).toBe(false);
  expect(planOne(box, "perhaps")?.action).toBe("ask");
  expect(planOne({ ...box, required: true }, "No")?.action).toBe("ask");
});

test("several choices are taken together or not at all", () => {
  const tools: GivenField = { label: "Tools", kind: "checkbox-group", options: ["Crane", "Sonar"] };
  expect(planOne(tools, ["sonar", "crane"])?.value).toEqual(["Sonar", "Crane"]);
  expect(planOne(tools, ["sonar", "kite"])?.action).toBe("ask");
  expect(planOne(boat, ["Yes", "No"])?.action).toBe("ask");
});

test("of several fields with the same words an answer in advance means none", () => {
  const twice: readonly GivenField[] = [
    { label: "Tide", id: "one" },
    { label: "tide:", id: "two" },
  ];
  const { plan, planned } = planAll(twice, [inAdvance("Tide", "Spring")]);
  expect(plan).toEqual(planned);
});

test("what the person answered to the form itself counts before what they said in advance", () => {
  const asked: GivenAnswer = { fieldId: boat.label, question: boat.label, answer: "Yes" };
  const { plan } = planAll([boat], [inAdvance(boat.label, "maybe"), asked]);
  expect(plan[0]).toMatchObject({ action: "fill", value: "Yes" });
});

test("a field without words is known by its id, and by no answer in advance", () => {
  const nameless: GivenField = { label: "", id: "x" };
  const { plan } = planAll([nameless], [inAdvance("(required)", "Spring")]);
  expect(plan[0]?.source).toBeNull();
  const byId = { fieldId: "x", question: "", answer: "Neap" };
  expect(planAll([nameless], [byId]).plan[0]?.value).toBe("Neap");
});
