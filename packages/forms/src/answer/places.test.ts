import { expect, test } from "vitest";
import { citiesIn, countriesOfPlace } from "./places.ts";

test.each([
  ["Austin, TX", ["US"]],
  ["Toronto, ON", ["CA"]],
  ["London, England", ["GB"]],
  ["Chicago / Amsterdam", ["US", "NL"]],
  ["Cambridge, MA", ["US"]],
  ["Munich, Deutschland", ["DE"]],
  ["Remote", []],
  ["Remote - US", ["US"]],
  ["Join us in our team", []],
])("%s lies in %j", (text, countries) => {
  expect(countriesOfPlace(text)).toEqual(countries);
});

test("a city has one name, and an English word is none", () => {
  expect(citiesIn("NYC or San Francisco Bay")).toEqual(["new york", "san francisco"]);
  expect(citiesIn("a nice place for reading in Reading")).toEqual(["reading"]);
  expect(citiesIn("Our SF office, not sf")).toEqual(["san francisco"]);
});
