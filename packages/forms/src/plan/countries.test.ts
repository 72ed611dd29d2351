import { expect, test } from "vitest";
import { countriesIn, countriesOfPhone, countryOf, dialCodeIn } from "./countries.ts";

test("a sentence names countries by name or by capital letters, never by the word us", () => {
  expect(countriesIn("Are you authorized to work in the United States?")).toEqual(["US"]);
  expect(countriesIn("May you work in the US or the U.K.?").toSorted()).toEqual(["GB", "US"]);
  expect(countriesIn("Why do you want to work with us?")).toEqual([]);
  expect(countriesIn("Do you live in Georgia?")).toEqual([]);
  expect(countriesIn("Do you live in Nigeria?")).toEqual(["NG"]);
  expect(countriesIn("Do you live in South Korea?")).toEqual(["KR"]);
});

test("an option is a country by any of its names, with or without a calling code", () => {
  expect(countryOf("United Kingdom (+44)")).toBe("GB");
  expect(countryOf("United States of America")).toBe("US");
  expect(countryOf("us")).toBe("US");
  expect(countryOf("Côte d’Ivoire")).toBe("CI");
  expect(countryOf("Middle Earth")).toBeUndefined();
});

test("an international number tells its calling code", () => {
  expect(countriesOfPhone("+47 22 12 34 56")).toEqual({ dial: "47", countries: ["NO", "SJ"] });
  expect(countriesOfPhone("+1 415 555 0100")?.dial).toBe("1");
  expect(countriesOfPhone("415 555 0100")).toBeUndefined();
  expect(dialCodeIn("United States +1")).toBe("1");
});
