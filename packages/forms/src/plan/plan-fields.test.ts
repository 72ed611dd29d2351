import type { PlannedField, Profile } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { exampleField, exampleProfile, type GivenField, today } from "../test/example-profile.ts";
import { type PlanInput, planFields } from "./plan-fields.ts";
import { planOverrides } from "./plan-overrides.ts";
import { unansweredQuestions } from "./unanswered-questions.ts";

function planOne(field: GivenField, given: Partial<PlanInput> = {}): PlannedField | undefined {
  const input = { profile: exampleProfile, resume: { fileName: "ada.pdf" }, today, ...given };
  return planFields({ ...input, fields: [exampleField(field)] })[0];
}

const yesNo = ["Yes", "No"];

test("every filled value names its source by JSON pointer", () => {
  expect(planOne({ label: "Email", kind: "email" })).toMatchObject({
    action: "fill",
    value: "ada@example.com",
    source: "profile",
    sourceRef: "/basics/email",
  });
  expect(planOne({ label: "LinkedIn profile" })).toMatchObject({
    value: "https://www.linkedin.com/in/ada-example",
    sourceRef: "/basics/profiles/1/url",
  });
  expect(planOne({ label: "Resume/CV", kind: "file" })).toMatchObject({
    value: "ada.pdf",
    source: "resume",
  });
});

describe("names", () => {
  const named = (name: string): Profile => ({ basics: { name } });

  test("a name of two words is split", () => {
    expect(planOne({ label: "First name" })?.value).toBe("Ada");
    expect(planOne({ label: "Last name" })?.value).toBe("Example");
  });

  test("any other name is asked for, not split", () => {
    const profile = named("Ada van Example");
    expect(planOne({ label: "First name" }, { profile })?.action).toBe("ask");
    expect(planOne({ label: "Full name" }, { profile })?.value).toBe("Ada van Example");
  });

  test("stored parts win and are not completed from the full name", () => {
    const profile: Profile = {
      basics: { name: "Ada Example" },
      application: { name: { first: "Adele" } },
    };
    expect(planOne({ label: "First name" }, { profile })?.value).toBe("Adele");
    expect(planOne({ label: "Last name" }, { profile })?.action).toBe("ask");
  });
});

describe("work authorisation", () => {
  const authorized = (label: string): PlannedField | undefined =>
    planOne({ label, kind: "radio-group", options: yesNo });

  test("is answered from the fact for the country that the question names", () => {
    expect(authorized("Are you authorized to work in the United States?")).toMatchObject({
      value: "Yes",
      sourceRef: "/application/workAuthorization/1/authorized",
    });
    expect(authorized("Do you have the right to work in Canada?")?.value).toBe("No");
    expect(authorized("Will you require sponsorship to work in the U.S.?")).toMatchObject({
      value: "No",
      sourceRef: "/application/workAuthorization/1/sponsorshipRequired",
    });
  });

  test("is asked when no country, another country or several countries are named", () => {
    expect(authorized("Are you legally authorized to work?")?.action).toBe("ask");
    expect(authorized("Are you authorized to work in Norway?")?.action).toBe("ask");
    expect(authorized("Are you authorized to work in the US or Canada?")?.action).toBe("ask");
    expect(authorized("Can you tell us if you need sponsorship to work with us?")?.action).toBe(
      "ask",
    );
  });

  test("without sponsorship means both at once", () => {
    const label = "Are you authorized to work in the United States without sponsorship?";
    expect(authorized(label)).toMatchObject({
      value: "Yes",
      sourceRef: "/application/workAuthorization/1",
    });
    const inCanada = "Are you authorized to work in Canada without sponsorship?";
    expect(authorized(inCanada)?.value).toBe("No");
  });

  test("a question turned around is left to the person", () => {
    expect(authorized("Are you not authorized to work in the United States?")?.action).toBe("ask");
  });
});

describe("consents", () => {
  const box = (label: string, required: boolean): PlannedField | undefined =>
    planOne({ label, kind: "checkbox", required });

  test("are ticked only where the person said so", () => {
    expect(box("I agree to the privacy policy", true)).toMatchObject({
      value: true,
      sourceRef: "/application/consents/privacy",
    });
    expect(box("Send me job alerts and the newsletter", false)?.value).toBe(false);
    expect(box("I certify that all answers are true", true)?.action).toBe("ask");
    expect(box("I agree to the terms of use", true)?.action).toBe("ask");
  });

  test("a required box that the person refuses is put to them", () => {
    expect(box("Send me job alerts and the newsletter", true)?.action).toBe("ask");
  });
});

describe("saved answers", () => {
  test("answer the same question whatever its case, spacing and marks", () => {
    expect(
      planOne({ label: "why do you want to  build harbours", kind: "textarea" }),
    ).toMatchObject({
      value: "The sea is honest work.",
      source: "savedAnswer",
      sourceRef: "/application/savedAnswers/0",
    });
    const options = ["Welding torch", "Crane", "Sonar"];
    const tools = planOne({ label: "Which tools do you use?", kind: "checkbox-group", options });
    expect(tools?.value).toEqual(["Crane", "Sonar"]);
  });

  test("keep to their company", () => {
    const boat = { label: "Do you own a boat?", kind: "radio-group", options: yesNo } as const;
    expect(planOne(boat)?.action).toBe("ask");
    expect(planOne(boat, { company: "Harbour Inc" })?.value).toBe("Yes");
  });
});

test("what is unknown is asked when required and skipped when not", () => {
  const question = { label: "What is your favourite knot?", kind: "text" } as const;
  expect(planOne(question)).toMatchObject({ action: "ask", value: null, source: null });
  expect(planOne({ ...question, required: false })?.action).toBe("skip");
  expect(planOne({ label: "GitHub", required: false }, { profile: {} })?.action).toBe("skip");
});

test("a value that is none of the choices is asked, not bent", () => {
  const gender = { label: "Gender", kind: "select", options: ["Female", "Other"] } as const;
  expect(planOne(gender)?.action).toBe("ask");
  expect(planOne({ ...gender, options: ["Female", "Male"] })?.value).toBe("Male");
});

test("a combobox whose choices are not known yet gets the wordings to look for", () => {
  const country = planOne({ label: "Country of residence", kind: "combobox" });
  expect(country?.value).toContain("United States");
  expect(country?.value).toContain("USA");
  const code = {
    label: "Phone country code",
    kind: "select",
    options: ["Canada +1", "United States +1"],
  } as const;
  expect(planOne(code)?.value).toBe("United States +1");
});

test("a declined demographic question takes the declining option", () => {
  const options = ["Yes", "No", "I do not want to answer"];
  expect(planOne({ label: "Disability status", kind: "select", options })?.value).toBe(options[2]);
});

test("age is derived from the birth date, a passed start date is no answer", () => {
  const adult = {
    label: "Are you at least 18 years old?",
    kind: "radio-group",
    options: yesNo,
  } as const;
  expect(planOne(adult)).toMatchObject({ value: "Yes", sourceRef: "/application/birthdate" });
  expect(planOne(adult, { today: "2008-04-04" })?.value).toBe("No");
  const start = { label: "When can you start?", kind: "date" } as const;
  expect(planOne(start)?.value).toBe("2027-01-15");
  expect(planOne(start, { today: "2027-02-01" })?.action).toBe("ask");
});

test("a salary is told in the asked currency and period or not at all", () => {
  expect(planOne({ label: "Expected annual salary (USD)" })?.value).toBe("90000");
  expect(planOne({ label: "Salary expectations" })?.value).toBe("90000 USD per year");
  expect(planOne({ label: "Expected salary in EUR" })?.action).toBe("ask");
  expect(planOne({ label: "Desired hourly rate" })?.action).toBe("ask");
});

test("having worked for another company is not what the stored no is about", () => {
  const field = {
    label: "Have you ever worked for Quay Corp?",
    kind: "radio-group",
    options: yesNo,
  } as const;
  expect(planOne(field, { company: "Harbour Inc" })?.action).toBe("ask");
  expect(planOne(field, { company: "Quay Corp" })?.action).toBe("ask");
  const own = { ...field, label: "Have you previously been employed by Harbour Inc?" };
  expect(planOne(own, { company: "Harbour Inc" })?.value).toBe("No");
});

test("a stored yes or no is no answer to an open, dated or follow-up question", () => {
  const profile: Profile = {
    application: { onsite: true, relocation: { willing: true }, citizenships: ["US"] },
  };
  const actionOf = (
    label: string,
    kind: "text" | "radio-group" = "radio-group",
  ): string | undefined =>
    planOne({ label, kind, options: kind === "text" ? [] : yesNo }, { profile })?.action;
  expect(actionOf("Are you willing to relocate?", "text")).toBe("fill");
  expect(actionOf("Please describe your relocation plans", "text")).toBe("ask");
  expect(actionOf("If yes, would you relocate?")).toBe("ask");
  expect(actionOf("Can you work on-site?")).toBe("fill");
  expect(actionOf("Can you work on-site for 12 weeks in summer 2027?")).toBe("ask");
  expect(actionOf("Citizenship of any other country", "text")).toBe("ask");
});

test("rows of a list take the entries of the résumé in turn, an ended job is not a current one", () => {
  const fields = ["Company", "Company", "Company"].map((label, index) =>
    exampleField({ label, id: `company-${index}`, required: false }),
  );
  const plan = planFields({ fields, profile: exampleProfile, resume: null, today });
  expect(plan.map(({ value }) => value)).toEqual(["Dockside Ltd", "Quay Corp", null]);
  const [, ended] = exampleProfile.work ?? [];
  const profile: Profile = { work: ended === undefined ? [] : [ended] };
  expect(planOne({ label: "Current company" }, { profile })?.action).toBe("ask");
});

test("traps are never planned, even with a saved answer", () => {
  const trap = {
    label: "Why do you want to build harbours?",
    policy: "never",
    meaning: "honeypot",
  } as const;
  expect(planOne(trap)?.action).toBe("skip");
});

test("unanswered questions list what the person has to be asked, with the choices", () => {
  const fields = [
    exampleField({ label: "First name", id: "first" }),
    exampleField({
      label: "Pick a knot",
      id: "knot",
      kind: "select",
      options: ["Bowline", "Hitch"],
    }),
  ];
  const plan = planFields({ fields, profile: exampleProfile, resume: null, today });
  expect(unansweredQuestions(fields, plan)).toEqual([
    { fieldId: "knot", question: "Pick a knot", options: ["Bowline", "Hitch"] },
  ]);
});

test("a box on its own is asked as a yes or a no, and the saved yes ticks it", () => {
  const box: GivenField = { label: "I have read the house rules", id: "rules", kind: "checkbox" };
  const fields = [exampleField(box)];
  const plan = planFields({ fields, profile: exampleProfile, resume: null, today });
  expect(unansweredQuestions(fields, plan)).toEqual([
    { fieldId: "rules", question: box.label, options: ["Yes", "No"] },
  ]);
  const savedAnswers = [{ question: box.label, answer: "Yes" }];
  const profile = { ...exampleProfile, application: { savedAnswers } };
  expect(planOne(box, { profile })).toMatchObject({ action: "fill", source: "savedAnswer" });
});

test("the person's corrections are planned; unknown fields, traps and foreign choices are named", () => {
  const fields = [
    exampleField({ label: "First name", id: "first" }),
    exampleField({ label: "Pick a knot", id: "knot", kind: "select", options: ["Bowline"] }),
    exampleField({ label: "Website", id: "trap", policy: "never" }),
  ];
  const { plan, unknown, invalid } = planOverrides(fields, {
    first: "Adele",
    knot: "Granny",
    trap: "x",
    nowhere: "y",
  });
  expect(plan).toMatchObject([{ id: "first", action: "fill", value: "Adele", source: "person" }]);
  expect(unknown).toEqual(["trap", "nowhere"]);
  expect(invalid).toEqual(["knot"]);
});
