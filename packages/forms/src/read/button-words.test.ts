import { expect, test } from "vitest";
import { buttonRole, isApplyWay, isOneClick } from "./button-words.ts";

test.each([
  ["Continue", "next"],
  ["Next →", "next"],
  ["Save and continue", "next"],
  ["Review application", "next"],
  ["Agree & continue", "next"],
  ["Submit application", "submit"],
  ["Submit", "submit"],
  ["Apply", "submit"],
  ["Apply now", "submit"],
  ["Send application", "submit"],
  ["Review and submit", "next"],
  ["Agree and submit", "submit"],
  ["Back", "other"],
  ["Cancel", "other"],
  ["Sign in", "other"],
  ["Sign in to apply", "other"],
  ["Continue with Google", "other"],
  ["Apply with LinkedIn", "other"],
  ["Attach", "other"],
  ["Upload resume", "other"],
  ["Save draft", "other"],
  ["Save for later", "other"],
  ["Subscribe", "other"],
  ["Search", "other"],
])("%s is %s", (text, role) => {
  expect(buttonRole(text)).toBe(role);
});

test("the way from a posting to its form is told from social and informative links", () => {
  expect(isApplyWay("Apply for this job")).toBe(true);
  expect(isApplyWay("Apply with Indeed")).toBe(false);
  expect(isApplyWay("How to apply")).toBe(false);
  expect(isApplyWay("Applied sciences")).toBe(false);
});

test("words that apply at once lead to no form", () => {
  const words = ["Easy Apply", "1-click apply", "Apply in one click", "Postuler en un clic"];
  expect(words.map(isOneClick)).toEqual(words.map(() => true));
  expect(words.filter(isApplyWay)).toEqual([]);
  const ordinary = ["Apply now", "Apply for this job", "Jetzt bewerben", "Solicitar este puesto"];
  expect(ordinary.filter(isOneClick)).toEqual([]);
  expect(ordinary.filter(isApplyWay)).toEqual(ordinary);
});
