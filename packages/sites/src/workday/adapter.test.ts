import type { FormPage } from "@valet/forms";
import { expect, test } from "vitest";
import { workdayAdapter } from "./adapter.ts";

type Field = FormPage["fields"][number];

const box: Field = {
  id: "terms",
  frame: "https://northwind.wd5.myworkdayjobs.com/Careers/job/Denver-CO/Job_R7/apply",
  selector: "#terms",
  domId: "termsAndConditions--acceptTermsAndAgreements",
  label: "Ich stimme der Datenschutzerklärung zu",
  kind: "checkbox",
  meaning: "consent.privacy",
  confidence: 0.9,
  required: true,
  options: [],
  visible: true,
  policy: "fill",
  why: "",
};

function refined(field: Field): Field | undefined {
  const { frame: url } = field;
  const form = { url, title: "", signature: "", target: null, buttons: {}, alerts: 0 };
  return workdayAdapter.refine({ ...form, fields: [field] }).fields[0];
}

test("the terms are left to the person, however they are worded", () => {
  expect(refined(box)).toMatchObject({ meaning: "attestation.other", policy: "ask" });
  expect(refined({ ...box, policy: "never" })).toMatchObject({ policy: "never" });
  const other = { ...box, domId: "consent" };
  expect(refined(other)).toEqual(other);
});
