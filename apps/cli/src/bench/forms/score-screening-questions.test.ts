import { expect, test } from "vitest";
import { corporaFolder } from "./corpora-folder.ts";
import { scoreScreeningQuestions } from "./score-screening-questions.ts";

test("screening questions hold their floors", async ({ skip }) => {
  const corpora = await corporaFolder(process.env["VALET_CORPORA"]);
  if (corpora === undefined) {
    const why = "SKIPPED: the development corpora are absent, so no floor was checked";
    process.stderr.write(`${why} (screening questions)\n`);
    return skip(why);
  }
  const { rows, cases } = await scoreScreeningQuestions({ corpora });
  const floors = rows.filter(({ floor }) => floor !== null);
  expect(floors).toHaveLength(3);
  for (const { what, value, floor, bound } of floors) {
    const isHeld = bound === "least" ? value >= (floor ?? 0) : value <= (floor ?? 0);
    expect({ what, value, isHeld, cases: isHeld ? [] : cases }).toMatchObject({ isHeld: true });
  }
});
