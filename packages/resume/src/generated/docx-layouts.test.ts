import { everyCaseOr } from "@valet/testkit";
import { expect, test } from "vitest";
import { parseResume } from "../parse-resume.ts";
import { docxLayouts, printDocx } from "./docx-layouts.fixture.ts";
import { essenceOf } from "./essence-of.fixture.ts";
import { layouts, printLayout } from "./layouts.fixture.ts";
import { makePerson } from "./people.fixture.ts";

const seeds = Array.from({ length: everyCaseOr(60, 3) }, (_, index) => index + 1);

test.each(Object.entries(docxLayouts))("%s: what stands there is read", async (_name, layout) => {
  for (const seed of seeds) {
    const person = makePerson(seed);
    const { resume } = await parseResume(await printDocx(layout, person));
    const { basics, work = [], education, skills = [] } = resume;
    const { name, email, phone, url } = basics;
    expect({ seed, name, email, phone, url }).toEqual({
      seed,
      name: person.name,
      email: person.email,
      phone: person.phone,
      url: `https://${person.user}.dev`,
    });
    expect([seed, ...work.map(essenceOf)]).toEqual([seed, ...person.work.map(essenceOf)]);
    expect([seed, education]).toEqual([seed, person.education]);
    const keywords = person.skills.flatMap((group) => group.keywords);
    const read = layout.hasPlainSkills === true ? skills.map((skill) => skill.name) : skills;
    expect([seed, read]).toEqual([seed, layout.hasPlainSkills === true ? keywords : person.skills]);
  }
});

test("the PDF and the DOCX of one person say the same", async () => {
  const pdf = layouts["employer and place, then title and dates at the edge"];
  const docx = docxLayouts["one column with tabs before the dates"];
  if (pdf === undefined || docx === undefined) throw new Error("Both layouts are there.");
  for (const seed of seeds) {
    const person = makePerson(seed);
    const [one, other] = await Promise.all([
      printLayout(pdf, person).then(parseResume),
      printDocx(docx, person).then(parseResume),
    ]);
    expect([seed, other.resume.work?.map(essenceOf)]).toEqual([
      seed,
      one.resume.work?.map(essenceOf),
    ]);
    expect([seed, other.resume.education]).toEqual([seed, one.resume.education]);
    expect([seed, other.resume.skills]).toEqual([seed, one.resume.skills]);
  }
});

test.each([
  ["Cyrillic", "Ольга Петровна Соколова"],
  ["Greek", "Ελένη Παπαδοπούλου"],
  ["Chinese", "王小明"],
  ["Japanese", "山田 太郎"],
  ["Korean", "김민준"],
  ["Hebrew", "נועה לוי"],
  ["Arabic", "ليلى حداد"],
])("a name in %s letters is a name", async (_script, name) => {
  for (const layout of Object.values(docxLayouts)) {
    const { resume } = await parseResume(await printDocx(layout, { ...makePerson(2), name }));
    expect(resume.basics.name).toBe(name);
  }
});

test.each([
  ["German", "Berufserfahrung", "Ausbildung", "Kenntnisse"],
  ["French", "Expérience professionnelle", "Formation", "Compétences"],
  ["Spanish", "Experiencia laboral", "Formación académica", "Habilidades"],
  ["Italian", "Esperienza lavorativa", "Istruzione e formazione", "Competenze"],
  ["Portuguese", "Experiência profissional", "Formação acadêmica", "Competências"],
  ["Dutch", "Werkervaring", "Opleiding", "Vaardigheden"],
])("headings in %s head the same sections", async (_language, work, education, skills) => {
  const person = makePerson(3);
  for (const layout of Object.values(docxLayouts)) {
    const docx = await printDocx(layout, person, { work, education, skills });
    const { resume } = await parseResume(docx);
    expect(resume.work?.map(essenceOf)).toEqual(person.work.map(essenceOf));
    expect(resume.education).toEqual(person.education);
    expect(resume.skills?.length).toBeGreaterThan(0);
  }
});
