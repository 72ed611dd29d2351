import type { FormField } from "@valet/contracts";
import { expect, test } from "vitest";
import { countRows, entryRows } from "./entry-rows.ts";

function fieldsFor(...meanings: readonly FormField["meaning"][]) {
  return meanings.map((meaning, index) => ({ id: `${index} ${meaning}`, meaning, visible: true }));
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

test("a row that is in place and not shown is none yet", () => {
  const fields = fieldsFor("work.company", "work.title", "work.company", "work.title");
  const shown = fields.map((field, index) => ({ ...field, visible: index < 2 }));
  expect(countRows(shown)).toEqual({ work: 1, education: 0 });
  expect(countRows(fields)).toEqual({ work: 2, education: 0 });
});
