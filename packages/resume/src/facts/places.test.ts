import { expect, test } from "vitest";
import { findPlace, isPlace } from "./places.ts";

test.each(["Lyon, France", "LYON, FRANCE", "AUSTIN, TX", "Remote"])("%s is a place", (text) => {
  expect(isPlace(text)).toBe(true);
});

test.each(["ACME SYSTEMS", "HEAD OF SALES, EUROPE"])("%s is none", (text) => {
  expect(isPlace(text)).toBe(false);
});

test("a place in capitals is told as it stands there", () => {
  expect(findPlace("JUN 2014 · LYON, FRANCE")).toBe("LYON, FRANCE");
});
