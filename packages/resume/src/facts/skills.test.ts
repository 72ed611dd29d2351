import { expect, test } from "vitest";
import { listOf } from "./skills.ts";

test.each([
  ["Excel, Tableau", ["Excel", "Tableau"]],
  ["Newsletters / Campaigns", ["Newsletters", "Campaigns"]],
  ["CI / CD, Git", ["CI / CD", "Git"]],
])("%s is a list", (text, items) => {
  expect(listOf(text)).toEqual(items);
});
