import { expect, test } from "vitest";
import { headFragments } from "./entries/head-fragments.ts";
import { bold, column, drawPdf, heading } from "./fixtures.fixture.ts";
import type { TextLine } from "./layout/text-document.ts";
import { parseResume } from "./parse-resume.ts";

const name = { text: "Mira Velling", size: 24, isBold: true };
const person = [name, "mira.velling@mail.test  |  +49 30 5550 1234"];
const position = [bold("Norvane, Accountant"), "2019 – 2021"];
const summary = [
  "Summary",
  "Keeps the books of small firms in order and tells everybody what is in them.",
];
const long = "• Wrote the service that bills customers and told everybody who had to know";

test("a shadow behind the name is no second name", async () => {
  const pdf = await drawPdf([
    { ...name, x: 51, y: 77 },
    ...column(50, 40, [...person, heading("Experience"), ...position, long]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.basics.name).toBe("Mira Velling");
});

test("dates whose letters are set apart are dates", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("E X P E R I E N C E"),
      bold("Norvane, Accountant"),
      "M AY 2 0 1 9 – J U N 2 0 2 1",
      long,
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.work).toMatchObject([{ startDate: "2019-05", endDate: "2021-06" }]);
});

test("headings that are counted head what stands below them", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, person),
    { text: "(01)", x: 50, y: 115 },
    { text: "EXPERIENCE", x: 90, y: 115, isBold: true },
    ...column(50, 120, [...position, long]),
    { text: "(02)", x: 50, y: 190 },
    { text: "SKILLS", x: 90, y: 190, isBold: true },
    ...column(50, 195, ["Go, Rust, Postgres"]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.work).toMatchObject([{ name: "Norvane", position: "Accountant" }]);
  expect(resume.skills?.map((skill) => skill.name)).toEqual(["Go", "Rust", "Postgres"]);
});

test("a heading with a level below it heads skills, though nothing says so", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("Experience"),
      ...position,
      long,
      heading("Education"),
      bold("Hollin University"),
      "2015 – 2018",
      heading("Backend"),
      "Advanced",
      "Go",
      "Rust",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.skills).toEqual([{ name: "Backend", level: "Advanced", keywords: ["Go", "Rust"] }]);
});

test("courses listed below a school are no section of their own", async () => {
  const school = (text: string, dates: string) => [bold(text), "BSc Physics", dates];
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      { text: "Education", size: 16, isBold: true },
      ...school("Hollin University", "2015 – 2018"),
      bold("Courses"),
      "Optics",
      ...school("Brant College", "2012 – 2015"),
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.education?.map(({ institution }) => institution)).toEqual([
    "Hollin University",
    "Brant College",
  ]);
});

test("the last letter of an address for mail may find room only in the next line", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      name,
      "+49 30 5550 1234",
      "mira.velling@kontor-velling.tes",
      "t",
      heading("Education"),
      "Hollin University",
      "BSc in Physics",
      "2015 – 2018",
      "Brant College",
      "Diploma",
      "2014",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.basics.email).toBe("mira.velling@kontor-velling.test");
});

test("a short word below an address for mail that had room is no part of it", async () => {
  const lines = [name, "mira.velling@kontor.test", "ada", ...summary, heading("Education")];
  const pdf = await drawPdf(column(50, 40, [...lines, "Hollin University", "2015 – 2018"]));
  const { resume } = await parseResume(pdf);
  expect(resume.basics.email).toBe("mira.velling@kontor.test");
});

test("a degree of three capitals is no state, and a school whose name breaks is whole", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("Education"),
      bold("Nursing, BSN, Hollin University"),
      "2015 – 2018",
      bold("School of the Art Institute of"),
      bold("Brant"),
      "2012 – 2015",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.education).toMatchObject([
    { institution: "Hollin University", studyType: "BSN", area: "Nursing" },
    { institution: "School of the Art Institute of Brant" },
  ]);
});

test("skills that end with colons and have nothing behind them are skills", async () => {
  const skills = ["Triage:", "Wound care:", "Patient education:", "Records:"];
  const pdf = await drawPdf(
    column(50, 40, [...person, ...summary, heading("Skills"), ...skills.map(bold)]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.skills?.map((skill) => skill.name)).toEqual([
    "Triage",
    "Wound care",
    "Patient education",
    "Records",
  ]);
});

test("a dash right before a capital is a bullet", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      ...summary,
      heading("Experience"),
      ...position,
      "—Cut the time of a build",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.work).toMatchObject([{ highlights: ["Cut the time of a build"] }]);
});

test("words that are all set wide apart are one name", () => {
  const box = { left: 50, top: 50, right: 200, bottom: 60 };
  const text = "HARROW  &  FINCH  FOODS";
  const style = { font: "", size: 10, isBold: true, isItalic: false };
  const line: TextLine = {
    place: { page: 1 },
    cells: [{ text, parts: [{ text, style }], box }],
    text,
    box,
    edge: 500,
    isBullet: false,
    gapAbove: 0,
    isMarkedHeading: false,
  };
  expect(headFragments([line]).map((fragment) => fragment.text)).toEqual(["HARROW & FINCH FOODS"]);
});
