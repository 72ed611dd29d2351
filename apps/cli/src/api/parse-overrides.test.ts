import type { SnapshotField } from "@valet/contracts";
import { expect, test } from "vitest";
import { parseOverrides } from "./parse-overrides.ts";

const field: SnapshotField = {
  id: "city",
  label: "City",
  kind: "text",
  meaning: "address.city",
  required: true,
  visible: true,
  value: "Denver",
  source: "profile",
  confidence: 1,
};
const fields: readonly SnapshotField[] = [
  field,
  { ...field, id: "agree", kind: "checkbox", value: false },
  { ...field, id: "languages", kind: "checkbox-group", value: ["Go"] },
];

test("pairs become values of the kind the field has", () => {
  const pairs = ["city=Boulder = best", "agree=true", "languages=Go", "languages=Rust"];
  expect(parseOverrides(pairs, fields)).toEqual({
    city: "Boulder = best",
    agree: true,
    languages: ["Go", "Rust"],
  });
});

test("an empty value empties the field", () => {
  expect(parseOverrides(["city="], fields)).toEqual({ city: "" });
});

test.each(["city", "=x", "town=Denver", "agree=yes"])("%s is refused as misuse", (pair) => {
  expect(() => parseOverrides([pair], fields)).toThrow(expect.objectContaining({ code: "USAGE" }));
});

test("one answer is all a text field takes", () => {
  expect(() => parseOverrides(["city=a", "city=b"], fields)).toThrow(/more than one/);
});
