import type { Profile } from "@valet/contracts";
import { expect, test } from "vitest";
import { exampleField, exampleProfile, today } from "../test/example-profile.ts";
import { planFields } from "./plan-fields.ts";

const document: Profile = {
  basics: { name: "Ada Example", email: "old@example.com", phone: "+1 415 555 0199" },
  work: [{ name: "Lighthouse Ltd", position: "Keeper" }],
};

const fields = ["Email", "Phone", "Company", "Gender"].map((label) =>
  exampleField({ label, id: label.toLowerCase() }),
);

test("the résumé fills what the profile leaves open, and is named as the source", () => {
  const profile: Profile = { basics: { email: "ada@example.com" } };
  const plan = planFields({ fields, profile, resume: { fileName: "ada.pdf", document }, today });
  expect(plan.map(({ value, source }) => [value, source])).toEqual([
    ["ada@example.com", "profile"],
    ["+1 415 555 0199", "resume"],
    ["Lighthouse Ltd", "resume"],
    [null, null],
  ]);
  const [stored, read] = plan;
  expect(read?.confidence).toBeLessThan(stored?.confidence ?? 0);
});

test("what the person stored wins, whole lists included", () => {
  const resume = { fileName: "ada.pdf", document };
  const plan = planFields({ fields, profile: exampleProfile, resume, today });
  expect(plan[2]).toMatchObject({ value: "Dockside Ltd", source: "profile" });
});

test("what the site had filled in stays where nothing is stored, but answers no question", () => {
  const profile: Profile = { basics: { email: "ada@example.com" } };
  const prefilled = new Map([
    ["email", "site@example.com"],
    ["phone", "+1 415 555 0111"],
    ["gender", "Female"],
  ]);
  const plan = planFields({ fields, profile, resume: null, prefilled, today });
  expect(plan.map(({ action, value, source }) => [action, value, source])).toEqual([
    ["fill", "ada@example.com", "profile"],
    ["fill", "+1 415 555 0111", "site"],
    ["ask", null, null],
    ["ask", null, null],
  ]);
});
