import { expect, test } from "vitest";
import { chooseBand } from "./salary-band.ts";

const bands = ["Under £40,000", "£40,000 - £50,000", "£50k – £60k", "£60k+"];
const choose = (wanted: string, label = "Expected salary", options = bands) =>
  chooseBand({ options, wanted, label });

test("an amount falls into one band", () => {
  expect(choose("45000 GBP per year")).toBe(bands[1]);
  expect(choose("55000 GBP")).toBe(bands[2]);
  expect(choose("35000 GBP")).toBe(bands[0]);
  expect(choose("80000 GBP")).toBe(bands[3]);
});

test("on a border, in another currency or per another period it falls into none", () => {
  expect(choose("50000 GBP")).toBeUndefined();
  expect(choose("45000 EUR")).toBeUndefined();
  expect(choose("45000 GBP per year", "Expected monthly salary")).toBeUndefined();
  expect(choose("45000", "Expected salary")).toBeUndefined();
});
