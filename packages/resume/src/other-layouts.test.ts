import { expect, test } from "vitest";
import { bold, column, drawPdf, heading } from "./fixtures.fixture.ts";
import { parseResume } from "./parse-resume.ts";

const person = [
  { text: "Mira Velling", size: 24, isBold: true },
  "mira.velling@mail.test  |  +49 30 5550 1234",
];
const school = ["Hollin University", "Bachelor of Science in Computer Science", "2015 – 2018"];
const deeds = ["Cut the time of a build by half", "Wrote the service that bills customers"];

/** Bullets that are drawn and not written: only their indent tells. */
const drawnBullets = (x: number, y: number) => column(x, y, deeds);

test("what stands indented below a head is no part of it, though it shows no bullet", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Experience"), bold("Norvane, Accountant")]),
    { text: "2019 – 2021", x: 450, y: 131 },
    ...drawnBullets(66, 131),
    ...column(50, 190, [bold("Quayside, Data Analyst")]),
    { text: "2017 – 2019", x: 450, y: 205 },
    ...drawnBullets(66, 205),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.work?.map(({ name, position }) => [name, position])).toEqual([
    ["Norvane", "Accountant"],
    ["Quayside", "Data Analyst"],
  ]);
});

test("a position alone below one with its employer above is another one there", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Experience"), { text: "Norvane", size: 14 }]),
    ...column(50, 130, [{ text: "Sales Manager", size: 12 }, "2019 – 2021"]),
    ...drawnBullets(66, 165),
    ...column(50, 205, [{ text: "Sales Assistant", size: 12 }, "2017 – 2019"]),
    ...drawnBullets(66, 240),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.work?.map(({ name, position }) => [name, position])).toEqual([
    ["Norvane", "Sales Manager"],
    ["Norvane", "Sales Assistant"],
  ]);
});

test("headings at the right edge head what stands at their left", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, person),
    { text: "Work", x: 480, y: 113, size: 18, isBold: true },
    ...column(50, 105, [bold("Norvane"), "Accountant"]),
    { text: "2019 – 2021", x: 450, y: 138 },
    ...drawnBullets(66, 138),
    { text: "Education", x: 460, y: 213, size: 18, isBold: true },
    ...column(50, 205, [bold("Hollin University"), "BSc Physics"]),
    { text: "2015 – 2018", x: 450, y: 238 },
    { text: "Skills", x: 480, y: 283, size: 18, isBold: true },
    ...column(50, 275, ["Go, Rust, Postgres"]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.work?.map(({ name, position }) => [name, position])).toEqual([
    ["Norvane", "Accountant"],
  ]);
  expect(resume.education?.map(({ institution }) => institution)).toEqual(["Hollin University"]);
  expect(resume.skills?.map(({ name }) => name)).toEqual(["Go", "Rust", "Postgres"]);
});

test("schools side by side are one entry each", async () => {
  const school = (x: number, name: string, dates: string, degree: string) =>
    column(x, 120, [bold(name), dates, degree]);
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Education")]),
    ...school(50, "Hollin University", "2015 – 2018", "BSc Physics"),
    ...school(310, "Brant College", "2012 – 2015", "Diploma in Music"),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.education?.map(({ institution, endDate }) => [institution, endDate])).toEqual([
    ["Hollin University", "2018"],
    ["Brant College", "2015"],
  ]);
});

test("a sidebar without a common edge is told by the strip beside it", async () => {
  const side = ["mira@mail.test", "+49 30 5550 1234", "Berlin, Germany"];
  const pdf = await drawPdf([
    ...column(50, 40, [
      { text: "Mira Velling", size: 24, isBold: true },
      heading("Experience"),
      bold("Accountant"),
      "Norvane, 2019 – 2021",
      ...deeds,
    ]),
    ...side.map((text, index) => ({ text, x: 560 - text.length * 5, y: 80 + index * 14 })),
    { text: "EDUCATION", x: 488, y: 140, isBold: true },
    { text: "Hollin University", x: 470, y: 155 },
    { text: "BSc Physics", x: 500, y: 169 },
    { text: "2015 – 2018", x: 496, y: 183 },
    { text: "SKILLS", x: 515, y: 210, isBold: true },
    { text: "Rust", x: 535, y: 225 },
    { text: "Postgres", x: 512, y: 239 },
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.work?.map(({ name, position }) => [name, position])).toEqual([
    ["Norvane", "Accountant"],
  ]);
  expect(resume.education?.map(({ institution }) => institution)).toEqual(["Hollin University"]);
  expect(resume.skills?.map(({ name }) => name)).toEqual(["Rust", "Postgres"]);
});

test("labels of skills with the words of headings stay labels", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Education"), ...school, heading("Skills & Tech")]),
    ...column(70, 178, [
      { text: "Leadership", size: 14, isBold: true },
      "Hiring, Coaching",
      { text: "Languages", size: 14, isBold: true },
      "Go, Rust",
    ]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.skills).toEqual([
    { name: "Leadership", keywords: ["Hiring", "Coaching"] },
    { name: "Languages", keywords: ["Go", "Rust"] },
  ]);
});

test("a name in two large lines, and an address that goes on in the next line, are whole", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      { text: "Ana Beatriz Costa da", size: 30, isBold: true },
      { text: "Silva", size: 30, isBold: true },
      "ana.beatriz@long-",
      "domain.test",
      "(415) 555-0182",
      heading("Experience"),
      bold("Norvane, Accountant"),
      "2019 – 2021",
      ...deeds.map((deed) => `• ${deed} and told everybody who had to know of it`),
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.basics).toMatchObject({
    name: "Ana Beatriz Costa da Silva",
    email: "ana.beatriz@long-domain.test",
    phone: "(415) 555-0182",
  });
  expect(resume.basics.url).toBeUndefined();
});

test("a subject is told by its place beside the degree, and a town from a state of its name", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("Education"),
      bold("Hollin College"),
      "Access Diploma",
      "Care of the Elderly",
      "2015 – 2018",
      heading("Experience"),
      bold("Accountant"),
      "Meridian Trust, New York, NY",
      "2019 – 2021",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.education).toMatchObject([
    { institution: "Hollin College", studyType: "Access Diploma", area: "Care of the Elderly" },
  ]);
  expect(resume.work).toMatchObject([{ name: "Meridian Trust", location: "New York, NY" }]);
});
