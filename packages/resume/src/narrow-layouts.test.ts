import { expect, test } from "vitest";
import { type Drawn, bold, column, drawPdf, heading } from "./fixtures.fixture.ts";
import { parseResume } from "./parse-resume.ts";

const person = [
  { text: "Mira Velling", size: 24, isBold: true },
  "mira.velling@mail.test  |  +49 30 5550 1234",
];
const prose = "Keeps the books of small firms in order and tells everybody what is in them.";
const about = ["Summary", prose, "Likes small tools that do one thing well, and quiet rooms."];
/** Sets a cell beside the line that begins at this height. */
const beside = (text: string, x: number, y: number): Drawn => ({ text, x, y });

const skillsOf = async (texts: readonly Drawn[]) =>
  (await parseResume(await drawPdf(texts))).resume;

test("labels of skills in the look of the headings stay labels below their heading", async () => {
  const { skills, languages } = await skillsOf(
    column(50, 40, [
      ...person,
      ...about,
      bold("Skills"),
      bold("Languages"),
      "Advanced",
      "Python, Scala",
      bold("Leadership"),
      "Expert",
      "Hiring, Coaching",
    ]),
  );
  expect(languages).toBeUndefined();
  expect(skills?.map(({ name, keywords }) => [name, keywords])).toEqual([
    ["Languages", ["Python", "Scala"]],
    ["Leadership", ["Hiring", "Coaching"]],
  ]);
});

test("labels that are larger than the headings make no labels of those", async () => {
  const small = (text: string) => ({ text, size: 9, isBold: true });
  const { skills, certificates } = await skillsOf(
    column(50, 40, [
      ...person,
      ...about,
      small("Experience"),
      "Norvane, Accountant",
      "2019 – 2021",
      small("Skills"),
      { text: "Software", size: 11, isBold: true },
      "Excel, Tableau",
      small("Certifications"),
      "Chartered Accountant",
    ]),
  );
  expect(skills?.flatMap(({ keywords }) => keywords)).toEqual(["Excel", "Tableau"]);
  expect(certificates).toMatchObject([{ name: "Chartered Accountant" }]);
});

test("headings set in the middle are no labels of the skills above them", async () => {
  const middle = (text: string, width: number, y: number) => ({
    ...bold(text),
    x: 300 - width / 2,
    y,
    size: 13,
  });
  const { skills, awards } = await skillsOf([
    ...column(50, 40, [...person, ...about]),
    middle("Technical Skills", 96.6, 170),
    { text: "Excel, Tableau, Postgres", x: 50, y: 190 },
    middle("Awards", 46.3, 210),
    { text: "Best Thesis, Hollin University (2022)", x: 50, y: 230 },
  ]);
  expect(skills?.map(({ name }) => name)).toEqual(["Excel", "Tableau", "Postgres"]);
  expect(awards).toHaveLength(1);
});

test("in the small type of a sidebar the next heading looks like the one above the skills", async () => {
  const { skills, languages } = await skillsOf([
    ...column(50, 40, [...person, ...about, heading("Experience"), bold("Norvane, Accountant")]),
    ...column(50, 150, ["2019 – 2021", prose, heading("Education"), bold("Hollin University")]),
    ...column(50, 215, ["BSc Physics", "2015 – 2018", prose]),
    ...column(50, 300, [bold("SKILLS"), "Excel, Tableau", bold("LANGUAGES"), "German"]),
  ]);
  expect(skills?.map(({ name }) => name)).toEqual(["Excel", "Tableau"]);
  expect(languages).toMatchObject([{ language: "German" }]);
});

test("a word of a label that found no room is no heading", async () => {
  const labels = [bold("Triage"), bold("Patient"), bold("education")];
  const { skills } = await skillsOf(
    column(50, 40, [...person, ...about, heading("Skills"), ...labels]),
  );
  expect(skills?.map(({ name }) => name)).toEqual(["Triage", "Patient", "education"]);
});

test("a skill in the look of the one above it stands for itself", async () => {
  const listed = [bold("Wound care"), "Intermediate", bold("Ventilation")];
  const { skills } = await skillsOf(
    column(50, 40, [...person, ...about, heading("Skills"), ...listed]),
  );
  expect(skills).toEqual([{ name: "Wound care", level: "Intermediate" }, { name: "Ventilation" }]);
});

test("lists side by side in narrow cells go on in the next lines", async () => {
  const cell = (text: string, x: number, y: number) => ({ text, x, y, size: 9 });
  const { skills } = await skillsOf([
    ...column(50, 40, [...person, ...about, heading("Skills")]),
    { ...bold("Design"), x: 50, y: 180 },
    { ...bold("Platforms"), x: 160, y: 180 },
    cell("Domain-driven", 50, 194),
    cell("Linux, AWS (EC2,", 160, 194),
    cell("design, Event", 50, 205),
    cell("RDS), Kafka", 160, 205),
    cell("sourcing", 50, 216),
  ]);
  expect(skills).toEqual([
    { name: "Design", keywords: ["Domain-driven design", "Event sourcing"] },
    { name: "Platforms", keywords: ["Linux", "AWS (EC2, RDS)", "Kafka"] },
  ]);
});

test("a degree that breaks within a narrow cell is whole", async () => {
  const cell = (text: string, y: number) => ({ text, x: 50, y, isBold: true });
  const { education } = await skillsOf([
    ...column(50, 40, [...person, ...about, heading("Education")]),
    cell("Mas", 180),
    beside("Hollin University, Physics", 90, 180),
    beside("2015 – 2018", 450, 180),
    ...["ter of", "Engi", "neer", "ing"].map((text, index) => cell(text, 192 + index * 12)),
    cell("Bach", 250),
    beside("Brant College, Economics", 86, 250),
    beside("2011 – 2015", 450, 250),
    cell("elor of", 262),
    beside("• GPA: 3.6", 92, 262),
    cell("Arts", 274),
  ]);
  expect(education).toMatchObject([
    { institution: "Hollin University", studyType: "Master of Engineering", area: "Physics" },
    { institution: "Brant College", studyType: "Bachelor of Arts", area: "Economics" },
  ]);
});

test("a title that breaks beside a place, and times that break in a margin, are whole", async () => {
  const { work } = await skillsOf([
    ...column(50, 40, [...person, ...about, heading("Experience")]),
    beside("June 2021 to September", 50, 190),
    { ...bold("Norvane"), x: 190, y: 190 },
    beside("2022", 140, 204),
    beside("Principal Architect and Head of the Platform", 190, 204),
    beside("Berlin, Germany", 480, 204),
    beside("Engineering", 190, 218),
    beside("May 2019 to June 2021", 50, 250),
    { ...bold("Quayside"), x: 190, y: 250 },
    beside("Accountant", 190, 264),
  ]);
  expect(work).toMatchObject([
    { name: "Norvane", startDate: "2021-06", endDate: "2022-09" },
    { name: "Quayside", startDate: "2019-05", endDate: "2021-06" },
  ]);
});

test("a long title goes on below, and so does until when", async () => {
  const { work } = await skillsOf([
    ...column(50, 40, [...person, ...about, heading("Experience")]),
    { ...bold("Norvane"), x: 50, y: 190 },
    beside("June 2021 –", 450, 190),
    beside("Present", 450, 204),
    beside("Principal Architect and Head of the Platform", 50, 218),
    beside("Berlin, Germany", 450, 218),
    beside("Engineering", 50, 232),
    beside("• Wrote the service that bills customers", 60, 250),
  ]);
  expect(work).toMatchObject([
    {
      name: "Norvane",
      position: "Principal Architect and Head of the Platform Engineering",
      startDate: "2021-06",
      endDate: "present",
    },
  ]);
});

test("a grade that only one school gave moves no head", async () => {
  const { education } = await skillsOf(
    column(50, 40, [
      ...person,
      ...about,
      heading("Education"),
      bold("Hollin University"),
      "MBA in Operations",
      "2014 – 2016",
      bold("Brant College"),
      "GPA 3.6",
      "Bachelor of Arts in Economics",
      "2007 – 2011",
    ]),
  );
  expect(education).toMatchObject([
    { institution: "Hollin University", studyType: "MBA" },
    { institution: "Brant College", studyType: "Bachelor of Arts", score: "3.6" },
  ]);
});

test("a heading of work heads its column, whatever stands beside it", async () => {
  const { work, skills } = await skillsOf([
    { text: "Mira Velling", size: 20, isBold: true, x: 30, y: 40 },
    ...column(30, 50, ["mira@mail.test", "+49 30 5550 1234", "Berlin, Germany"]),
    { ...bold("Skills"), x: 30, y: 130 },
    ...column(30, 135, ["Excel", "Tableau", "Postgres"]),
    { ...bold("Languages"), x: 30, y: 210 },
    ...column(30, 215, ["German", "English"]),
    { ...bold("Interests"), x: 30, y: 270 },
    ...column(30, 275, ["Chess", "Choir"]),
    ...column(230, 35, [prose]),
    { ...bold("Experience"), x: 230, y: 80 },
    ...column(230, 85, [bold("Norvane, Accountant"), "2019 – 2021", prose, prose]),
    ...column(230, 150, [bold("Quayside, Data Analyst"), "2017 – 2019", prose, prose]),
    ...column(230, 220, [bold("Marlow, Clerk"), "2015 – 2017", prose]),
  ]);
  expect(work?.map(({ name }) => name)).toEqual(["Norvane", "Quayside", "Marlow"]);
  expect(skills?.map(({ name }) => name)).toEqual(["Excel", "Tableau", "Postgres"]);
});

test("at the top of a page a heading in plain type is one by its look", async () => {
  const { skills, certificates } = await skillsOf([
    ...column(50, 40, [...person, "Summary", prose]),
    { text: "Experience", x: 50, y: 160 },
    ...column(50, 165, ["Norvane, Accountant", "2019 – 2021", prose]),
    { text: "Skills", x: 50, y: 260 },
    ...column(50, 265, ["Excel, Tableau"]),
    { text: "Certifications", x: 50, y: 40, page: 2 },
    { text: "Chartered Accountant", x: 50, y: 70, page: 2 },
  ]);
  expect(skills?.map(({ name }) => name)).toEqual(["Excel", "Tableau"]);
  expect(certificates).toMatchObject([{ name: "Chartered Accountant" }]);
});
