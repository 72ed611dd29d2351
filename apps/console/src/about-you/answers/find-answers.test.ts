import { expect, test } from "vitest";
import { findAnswers } from "./find-answers.ts";

test("answers are found by parts of words in question, answer and company, whatever their case", () => {
  const answers = [
    { question: "Do you own a bicycle?", answer: "No", scope: "Vélo AG" },
    { question: "Which languages?", answer: ["TypeScript", "Go"] },
  ];
  expect(findAnswers(answers, "")).toEqual(answers);
  expect(findAnswers(answers, " BICY velo ")).toEqual([answers[0]]);
  expect(findAnswers(answers, "typescript lang")).toEqual([answers[1]]);
  expect(findAnswers(answers, "parcel")).toEqual([]);
});
