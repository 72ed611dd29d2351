import { afterAll, beforeAll, expect, test } from "vitest";
import { parseResume } from "../parse-resume.ts";
import { essenceOf } from "./essence-of.fixture.ts";
import { makePerson } from "./people.fixture.ts";
import { type PagePrinter, openPagePrinter } from "./print-page.fixture.ts";

let printer: PagePrinter;
beforeAll(async () => void (printer = await openPagePrinter()));
afterAll(() => printer?.close());

test.each([
  ["Cyrillic", "Ольга Петровна Соколова"],
  ["Greek", "Ελένη Παπαδοπούλου"],
  ["Chinese", "王小明"],
  ["Japanese", "山田 太郎"],
  ["Hebrew", "נועה לוי"],
  // Printed, some letters can no longer be told from others that look alike; these can.
  ["Arabic", "سامر حداد"],
])("a name printed in %s letters is read as it is written, and so is the rest", async (_, name) => {
  const person = { ...makePerson(4), name };
  const { resume } = await parseResume(await printer.print(person));

  expect(resume.basics).toMatchObject({ name, email: person.email, phone: person.phone });
  expect(resume.work?.map(essenceOf)).toEqual(person.work.map(essenceOf));
  expect(resume.education?.map(({ institution }) => institution)).toEqual(
    person.education.map(({ institution }) => institution),
  );
});
