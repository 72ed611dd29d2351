import { expect, test } from "vitest";
import { splitText } from "./fill-segments.ts";

const boxes = (...sizes: readonly number[]) => sizes.map((most) => ({ most, hint: "" }));
const dated = (...hints: readonly string[]) => hints.map((hint) => ({ most: hint.length, hint }));

test.each([
  ["482915", boxes(1, 1, 1, 1, 1, 1), ["4", "8", "2", "9", "1", "5"]],
  ["(415) 555-0100", boxes(3, 3, 4), ["415", "555", "0100"]],
  ["+1 415 555 0100", boxes(3, 3, 4), ["415", "555", "0100"]],
  ["123-45-6789", boxes(3, 2, 4), ["123", "45", "6789"]],
  ["2027-02-15", dated("MM", "DD", "YYYY"), ["02", "15", "2027"]],
  ["2027-02-15", dated("TT", "MM", "JJJJ"), ["15", "02", "2027"]],
])("%s is spread over its inputs", (text, segments, parts) => {
  expect(splitText(text, segments)).toEqual(parts);
});

test.each([
  ["12345", boxes(3, 2, 4)],
  ["14155550100", boxes(3, 3, 4)],
  ["2027-02-15", boxes(2, 2, 4)],
])("%s is not forced into inputs it does not fit", (text, segments) => {
  expect(splitText(text, segments)).toBeUndefined();
});
