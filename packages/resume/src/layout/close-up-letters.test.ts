import { expect, test } from "vitest";
import { closeUpLetters } from "./close-up-letters.ts";

test.each([
  ["E D U C AT I O N", "EDUCATION"],
  ["W O R K  H I S T O R Y", "WORK HISTORY"],
  ["M AY 2 0 1 9 – J U N 2 0 2 1", "MAY 2019 – JUN 2021"],
  ["P O R T L A N D , O R", "PORTLAND, OR"],
  ["E M A I L  mira@mail.test", "EMAIL  mira@mail.test"],
])("%s is typed %s", (drawn, typed) => {
  expect(closeUpLetters(drawn)).toBe(typed);
});

test.each(["Vitamin A and B", "Go  R  C", "Plan A or plan B"])("%s stays as it is", (text) => {
  expect(closeUpLetters(text)).toBe(text);
});
