import { expect, test } from "vitest";
import { assignMeaning, type FieldFacts } from "./assign-meaning.ts";
import { refineMeanings } from "./refine-meanings.ts";

const text = (label: string, group?: string): FieldFacts => ({
  kind: "text",
  label,
  options: [],
  ...(group === undefined ? {} : { group }),
});

function meaningsOf(...fields: readonly FieldFacts[]): string[] {
  return refineMeanings(
    fields.map((facts) => ({ facts, finding: assignMeaning(facts), form: 0 })),
  ).map(({ meaning }) => meaning);
}

test.each([
  ["From", "Work experience 1"],
  ["Von", "Berufserfahrung 1"],
  ["Desde", "Experiencia laboral 1"],
])("%s in the entry of a job is when that job began, with no end beside it", (label, group) => {
  const company = { ...text("Company", group), name: "company" };
  expect(meaningsOf(company, text(label, group))).toEqual(["work.company", "work.startDate"]);
});

test("after a job and outside its entry it bounds something unknown", () => {
  const company = text("Company", "Work experience 1");
  expect(meaningsOf(company, text("Von", "Verfügbarkeit"))[1]).not.toBe("work.startDate");
  expect(meaningsOf({ ...company, group: "" }, text("Von", ""))[1]).not.toBe("work.startDate");
});
