import { expect, test } from "vitest";
import { isPossibleValue } from "./possible-value.ts";

test.each([
  ["text", [], "anything", true],
  ["text", [], true, false],
  ["text", [], ["two", "texts"], false],
  ["email", [], "ada@example.com", true],
  ["email", [], "ada at example", false],
  ["email", [], "", true],
  ["tel", [], "+1 202 555 0143", true],
  ["tel", [], "none", false],
  ["url", [], "linkedin.com/in/ada", true],
  ["url", [], "not an address", false],
  ["number", [], "7.5", true],
  ["number", [], "seven", false],
  ["checkbox", [], true, true],
  ["checkbox", [], "yes", false],
  ["select", ["Red", "Blue"], "Red", true],
  ["select", ["Red", "Blue"], "Green", false],
  ["checkbox-group", ["Red", "Blue"], ["Red", "Blue"], true],
  ["checkbox-group", ["Red", "Blue"], ["Red", "Green"], false],
  ["combobox", [], "Whatever the page will find", true],
  ["file", [], "cv.pdf", false],
  ["password", [], "secret", false],
] as const)("%s of %o set to %o: %s", (kind, options, value, isPossible) => {
  const given = typeof value === "object" ? [...value] : value;
  expect(isPossibleValue({ kind, options }, given)).toBe(isPossible);
});
