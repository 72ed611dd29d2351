import { expect, test } from "vitest";
import { answersOfLine, fitsQuestion, gatherQuestions } from "./batch-questions.ts";

const yesNo = { options: ["Yes", "No"], kind: "select" as const };
const none = { options: [], kind: "text" as const };

test("the same words and options in many forms are one question, however they are written", () => {
  const gathered = gatherQuestions(
    [
      { line: 1, asks: [{ question: "Do you drive? *", ...yesNo }], answers: [] },
      {
        line: 2,
        asks: [{ question: "do you DRIVE", options: ["No", "Yes"], kind: "radio-group" }],
        answers: [],
      },
      { line: 4, asks: [{ question: "Do you drive?", ...none }], answers: [] },
    ],
    [],
  );
  expect(gathered.map(({ question, options, lines }) => ({ question, options, lines }))).toEqual([
    { question: "Do you drive? *", options: ["Yes", "No"], lines: [1, 2] },
    { question: "Do you drive?", options: [], lines: [4] },
  ]);
});

test("what the person has answered for the batch or for a job is not asked again", () => {
  const asks = [{ question: "Do you drive?", ...yesNo }];
  const answered = [{ question: "Do you drive", answer: "Yes" }];
  expect(gatherQuestions([{ line: 1, asks, answers: [] }], answered)).toEqual([]);
  const some = gatherQuestions(
    [
      { line: 1, asks, answers: answered },
      { line: 2, asks, answers: [] },
    ],
    [],
  );
  expect(some.map(({ lines }) => lines)).toEqual([[2]]);
});

test("an answer goes to every application, and where options differ to those whose forms offer them", () => {
  const questions = gatherQuestions(
    [
      { line: 1, asks: [{ question: "Shift?", ...yesNo }], answers: [] },
      {
        line: 2,
        asks: [{ question: "Shift?", options: ["Day", "Night"], kind: "select" }],
        answers: [],
      },
      { line: 3, asks: [{ question: "Boat?", ...none }], answers: [] },
    ],
    [],
  ).map((question, index) => ({ ...question, answer: ["Yes", "Day", "A dinghy"][index] ?? "" }));
  const told = (line: number) => answersOfLine({ line, own: [], questions, forAll: [] });
  expect([told(1), told(2), told(9)]).toEqual([
    [
      { question: "Shift?", answer: "Yes" },
      { question: "Boat?", answer: "A dinghy" },
    ],
    [
      { question: "Shift?", answer: "Day" },
      { question: "Boat?", answer: "A dinghy" },
    ],
    [{ question: "Boat?", answer: "A dinghy" }],
  ]);
});

test("what was said for a job comes before what was asked, and that before what was said for all", () => {
  const [question] = gatherQuestions(
    [{ line: 1, asks: [{ question: "Boat?", ...none }], answers: [] }],
    [],
  );
  const questions = question === undefined ? [] : [{ ...question, answer: "asked" }];
  const forAll = [{ question: "boat", answer: "all" }];
  const own = [{ question: "BOAT?", answer: "own" }];
  const told = (mine: typeof own) =>
    answersOfLine({ line: 1, own: mine, questions, forAll }).map(({ answer }) => answer);
  expect([told(own), told([])]).toEqual([["own"], ["asked"]]);
});

test("an answer fits that is one of the options, or any text where there are none", () => {
  expect([
    fitsQuestion(yesNo, "yes"),
    fitsQuestion(yesNo, "Maybe"),
    fitsQuestion(yesNo, ["Yes", "No"]),
    fitsQuestion(none, "anything"),
    fitsQuestion(none, " "),
    fitsQuestion(none, []),
  ]).toEqual([true, false, true, true, false, false]);
});
