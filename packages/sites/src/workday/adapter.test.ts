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

function form(...fields: Field[]): FormPage {
  const { frame: url } = box;
  return { url, title: "", signature: "", fields, target: null, buttons: {}, alerts: 0 };
}

function refined(field: Field): Field | undefined {
  return workdayAdapter.refine(form(field)).fields[0];
}

test("the terms are left to the person, however they are worded", () => {
  expect(refined(box)).toMatchObject({ meaning: "attestation.other", policy: "ask" });
  expect(refined({ ...box, policy: "never" })).toMatchObject({ policy: "never" });
  const other = { ...box, domId: "consent" };
  expect(refined(other)).toEqual(other);
});

test("a lone field is not yet the whole step, a lone file and a list to look over are", () => {
  const isWhole = (...fields: Field[]): boolean | undefined =>
    workdayAdapter.isWhole?.(form(...fields));
  expect(isWhole(box)).toBe(false);
  expect(isWhole(box, { ...box, id: "b", policy: "never" })).toBe(false);
  expect(isWhole(box, { ...box, id: "b" })).toBe(true);
  expect(isWhole({ ...box, kind: "file" })).toBe(true);
  expect(isWhole()).toBe(true);
});
