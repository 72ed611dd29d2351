import type { ScreeningAnswer } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { answerQuestions } from "./answer-questions.ts";
import { guardedCases } from "./cases/guarded-cases.fixture.ts";
import { payCases } from "./cases/pay-cases.fixture.ts";
import { personCases } from "./cases/person-cases.fixture.ts";
import { type QuestionCase, readCases } from "./cases/read-cases.fixture.ts";
import { skillsCases } from "./cases/skills-cases.fixture.ts";
import { studyCases } from "./cases/study-cases.fixture.ts";
import { workCases } from "./cases/work-cases.fixture.ts";

const tables = [workCases, payCases, studyCases, skillsCases, personCases, guardedCases].map(
  ({ topic, ...table }) => ({
    topic,
    cases: readCases({ topic, ...table }).map((given) => ({ ...given, answer: answerTo(given) })),
  }),
);
const all = tables.flatMap(({ cases }) => cases);

describe.each(tables)("$topic", ({ cases }) => {
  test.each(cases)("$question $options → $expected", ({ answer, expected }) => {
    const found = answer?.action === "answer" ? answer.value : answer?.action;
    expect({ found, why: answer?.why }).toMatchObject({ found: expected });
  });
});

test("nothing of the person is answered from an empty profile", () => {
  const answers = all.map((given) => answerTo({ ...given, profile: {} }));
  const invented = answers.filter(
    (answer) => answer?.action === "answer" && answer.source !== "site",
  );
  expect(invented).toEqual([]);
});

test("every answer names a place that the profile holds", () => {
  const answered = all.filter(({ answer }) => answer?.action === "answer");
  const unfounded = answered.filter(({ answer, profile }) => {
    const pointer = / at (\/\S+)$/u.exec(answer?.why ?? "")?.[1] ?? "";
    return answer?.source !== "site" && valueAt(profile, pointer) === undefined;
  });
  expect(unfounded.map(({ question, answer }) => ({ question, answer }))).toEqual([]);
  expect(answered.length).toBeGreaterThan(150);
});

function answerTo(given: QuestionCase): ScreeningAnswer | undefined {
  const { question, options, kind, profile, job, today } = given;
  const asked = { id: "1", question, kind, required: true, options: options && [...options] };
  return answerQuestions({ profile, questions: [asked], job, today })[0];
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((held, key) => Object(held)[key], value);
}
