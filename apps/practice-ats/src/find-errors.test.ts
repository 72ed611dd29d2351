import { expect, test } from "vitest";

import { findErrors } from "./find-errors.ts";
import { choicesOf, field } from "./form-field.ts";

test("what is required and empty, or only blanks, is named by its label", () => {
  const name = field({ id: "name", label: "First name", kind: "text" });
  expect(findErrors([name], {})).toEqual({ name: "First name is required" });
  expect(findErrors([name], { name: "  " })).toEqual({ name: "First name is required" });
  expect(findErrors([{ ...name, required: false }], {})).toEqual({});
});

test.each([
  ["email", "ada@example.com", "ada@example"],
  ["tel", "+1 (303) 555-0100", "call me"],
  ["url", "https://example.com/in/ada", "example.com/in/ada"],
  ["number", "7", "seven"],
] as const)("a field of kind %s takes %s and refuses %s", (kind, good, bad) => {
  const only = field({ id: "x", label: "X", kind });
  expect(findErrors([only], { x: good })).toEqual({});
  expect(findErrors([only], { x: bad })).toHaveProperty("x");
});

test("a choice must be one of the options, and so must each of several", () => {
  const choice = field({ id: "x", label: "X", kind: "select", choices: choicesOf("Yes", "No") });
  expect(findErrors([choice], { x: "Yes" })).toEqual({});
  expect(findErrors([choice], { x: "yes" })).toHaveProperty("x");
  expect(findErrors([{ ...choice, kind: "checkboxes" }], { x: ["Yes", "Maybe"] })).toHaveProperty(
    "x",
  );
});
