import { expect, test } from "vitest";

import { countries } from "./countries.ts";

test("there are about two hundred countries, each once and with a name", () => {
  expect(countries.length).toBeGreaterThan(190);
  expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length);
  expect(countries.filter(({ code, name }) => name === code)).toEqual([]);
});

test("a dial code stands with its country", () => {
  expect(countries).toContainEqual({ code: "GB", name: "United Kingdom", dialCode: "+44" });
  expect(countries).toContainEqual({ code: "US", name: "United States", dialCode: "+1" });
});
