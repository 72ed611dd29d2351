import { expect, test } from "vitest";
import { phoneFor } from "./phone-format.ts";

test.each([
  ["Phone", "+44 7700 900123", "+44 7700 900123"],
  ["Phone (E.164)", "+44 7700 900123", "+447700900123"],
  ["Phone without country code", "+44 7700 900123", "07700900123"],
  ["Phone (10 digits)", "+1 (415) 555-0100", "4155550100"],
  ["National number", "+39 06 1234 5678", "0612345678"],
  ["Phone (E.164)", "07700 900123", "07700 900123"],
  ["Phone without country code", "07700 900123", "07700 900123"],
])("%s of %s", (label, stored, expected) => {
  expect(phoneFor(label, stored)).toBe(expected);
});
