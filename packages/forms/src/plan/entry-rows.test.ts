import type { FormField } from "@valet/contracts";
import { expect, test } from "vitest";
import { countRows, entryRows } from "./entry-rows.ts";

function fieldsFor(...meanings: readonly FormField["meaning"][]) {
  return meanings.map((meaning, index) => ({ id: `${index} ${meaning}`, meaning }));
}

function rowsOf(...meanings: readonly FormField["meaning"][]): (number | undefined)[] {
  const fields = fieldsFor(...meanings);
  const rows = entryRows(fields);
  return fields.map(({ id }) => rows.get(id));
}

test("a row begins where a question is asked again, also where the row before asked less", () => {
  expect(
    rowsOf("work.company", "work.title", "work.company", "work.title", "work.endDate"),
  ).toEqual([0, 0, 1, 1, 1]);
});

test("month and year of one date are one row", () => {
  expect(
    rowsOf("work.company", "work.startDate", "work.startDate", "work.company", "work.startDate"),
  ).toEqual([0, 0, 0, 1, 1]);
});

test("each list has its own rows, and what is asked once has none", () => {
  const fields = fieldsFor(
    "work.currentCompany",
    "work.company",
    "education.school",
    "education.school",
  );
  expect(fields.map(({ id }) => entryRows(fields).get(id))).toEqual([undefined, 0, 0, 1]);
  expect(countRows(fields)).toEqual({ work: 1, education: 2 });
});
