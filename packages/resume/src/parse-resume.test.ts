import { expect, test } from "vitest";
import { bold, column, drawPdf, heading } from "./fixtures.fixture.ts";
import { parseResume } from "./parse-resume.ts";
import { readDocument } from "./read-document.ts";

const person = [
  { text: "Mira Velling", size: 24, isBold: true },
  "Platform Engineer",
  "mira.velling@mail.test  |  +49 30 5550 1234  |  https://velling.dev  |  github.com/miravell",
];

const acme = ["Cut the time of a build by half", "Wrote the service that bills customers"];
const brill = ["Kept the warehouse of events", "Taught four juniors"];

const bullets = (texts: readonly string[]) => texts.map((text) => `• ${text}`);

test("one column: who, how to reach them, where they worked and learned", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("Work Experience"),
      bold("Acme Systems GmbH"),
      "Senior Engineer, Berlin, Germany",
      "March 2019 – Present",
      ...bullets(acme),
      bold("Brill Data Ltd"),
      "Software Engineer, Hamburg, Germany",
      "09/2015 – 02/2019",
      ...bullets(brill),
      heading("Education"),
      bold("Hollin University"),
      "Bachelor of Science in Computer Science",
      "2011 – 2015",
      heading("Skills"),
      "Languages: Go, Rust, TypeScript",
      "Tools: Postgres, Redis",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume).toMatchObject({
    basics: {
      name: "Mira Velling",
      label: "Platform Engineer",
      email: "mira.velling@mail.test",
      phone: "+49 30 5550 1234",
      url: "https://velling.dev",
      profiles: [{ network: "GitHub", username: "miravell" }],
    },
    work: [
      {
        name: "Acme Systems GmbH",
        position: "Senior Engineer",
        location: "Berlin, Germany",
        startDate: "2019-03",
        endDate: "present",
        highlights: acme,
      },
      {
        name: "Brill Data Ltd",
        position: "Software Engineer",
        startDate: "2015-09",
        endDate: "2019-02",
        highlights: brill,
      },
    ],
    education: [
      {
        institution: "Hollin University",
        studyType: "Bachelor of Science",
        area: "Computer Science",
        startDate: "2011",
        endDate: "2015",
      },
    ],
    skills: [
      { name: "Languages", keywords: ["Go", "Rust", "TypeScript"] },
      { name: "Tools", keywords: ["Postgres", "Redis"] },
    ],
  });
});

test("a sidebar is read by itself, whatever stands beside it in the same lines", async () => {
  const pdf = await drawPdf([
    { text: "Mira Velling", x: 220, y: 60, size: 24, isBold: true },
    ...column(40, 90, [
      heading("Contact"),
      "mira.velling@mail.test",
      "+49 30 5550 1234",
      heading("Skills"),
      "Go",
      "Rust",
      "Postgres",
      heading("Languages"),
      "German (native)",
      "English (fluent)",
    ]),
    ...column(220, 90, [
      heading("Experience"),
      bold("Acme Systems GmbH"),
      "Senior Engineer",
      "2019 – Present",
      ...bullets(acme),
      bold("Brill Data Ltd"),
      "Software Engineer",
      "2015 – 2019",
      ...bullets(brill),
    ]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.basics).toMatchObject({ name: "Mira Velling", phone: "+49 30 5550 1234" });
  expect(resume.skills?.map(({ name }) => name)).toEqual(["Go", "Rust", "Postgres"]);
  expect(resume.languages).toEqual([
    { language: "German", fluency: "native" },
    { language: "English", fluency: "fluent" },
  ]);
  expect(resume.work?.map(({ name, highlights }) => [name, highlights])).toEqual([
    ["Acme Systems GmbH", acme],
    ["Brill Data Ltd", brill],
  ]);
});

test("dates and places in a margin belong to what they stand beside", async () => {
  const rows = (y: number) => [
    { text: "Acme Systems GmbH, Senior Engineer", x: 50, y, isBold: true },
    { text: "Berlin, Germany", x: 480, y },
    { text: `• ${acme[0]}`, x: 56, y: y + 14 },
    { text: "Mar 2019 – Jun 2021", x: 470, y: y + 14 },
    { text: `• ${acme[1]}`, x: 56, y: y + 28 },
    { text: "2 years 3 months", x: 480, y: y + 28 },
  ];
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Experience")]),
    ...rows(170),
    ...rows(240),
  ]);
  const { resume } = await parseResume(pdf);
  const entry = {
    name: "Acme Systems GmbH",
    position: "Senior Engineer",
    location: "Berlin, Germany",
    startDate: "2019-03",
    endDate: "2021-06",
    highlights: acme,
  };
  expect(resume.work).toEqual([entry, entry]);
});

test("several positions with one employer are that many positions there", async () => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading("Employment History"),
      bold("Acme Systems GmbH"),
      "Head of Platform, 2021 – Present",
      ...bullets(acme),
      "Platform Engineer, 2018 – 2021",
      ...bullets(brill),
      bold("Brill Data Ltd"),
      "Trainee, 2016 – 2018",
      ...bullets(brill),
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume.work?.map(({ name, position }) => [name, position])).toEqual([
    ["Acme Systems GmbH", "Head of Platform"],
    ["Acme Systems GmbH", "Platform Engineer"],
    ["Brill Data Ltd", "Trainee"],
  ]);
});

test("groups of skills side by side keep what stands under each", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, [...person, heading("Skills")]),
    ...column(50, 160, [bold("Backend"), "Go, Rust, Postgres"]),
    ...column(220, 160, [bold("Frontend"), "React, Svelte"]),
    ...column(400, 160, [bold("Tools"), "Git, Docker"]),
    ...column(50, 220, [heading("Education"), "Hollin University", "2011 – 2015"]),
  ]);
  const { resume } = await parseResume(pdf);
  expect(resume.skills).toEqual([
    { name: "Backend", keywords: ["Go", "Rust", "Postgres"] },
    { name: "Frontend", keywords: ["React", "Svelte"] },
    { name: "Tools", keywords: ["Git", "Docker"] },
  ]);
});

test.each([
  ["Berufserfahrung", "Ausbildung", "Kenntnisse", "Mai 2018 bis heute"],
  ["Expérience professionnelle", "Formation", "Compétences", "mai 2018 à aujourd'hui"],
  ["Experiencia laboral", "Educación", "Habilidades", "mayo 2018 – actualidad"],
  ["Esperienza lavorativa", "Istruzione", "Competenze", "maggio 2018 – oggi"],
  ["Experiência profissional", "Formação acadêmica", "Competências", "maio 2018 – atual"],
  ["Werkervaring", "Opleiding", "Vaardigheden", "mei 2018 – heden"],
])("headings and dates are read in other languages: %s", async (work, education, skills, dates) => {
  const pdf = await drawPdf(
    column(50, 40, [
      ...person,
      heading(work),
      bold("Acme Systems GmbH"),
      "Software Engineer",
      dates,
      ...bullets(acme),
      heading(education),
      "Hollin University",
      "2011 – 2015",
      heading(skills),
      "Go, Rust",
    ]),
  );
  const { resume } = await parseResume(pdf);
  expect(resume).toMatchObject({
    work: [{ name: "Acme Systems GmbH", startDate: "2018-05", endDate: "present" }],
    education: [{ institution: "Hollin University", startDate: "2011", endDate: "2015" }],
    skills: [{ name: "Go" }, { name: "Rust" }],
  });
});

test("every value has the place where it stands, and none stands nowhere", async () => {
  const pdf = await drawPdf([
    ...column(50, 40, [
      ...person,
      heading("Experience"),
      bold("Acme Systems GmbH"),
      "Senior Engineer",
      "2019 – 2021",
      ...bullets(acme),
      { text: "Mira Velling – 1/2", size: 8 },
    ]),
    ...column(50, 40, [heading("Education"), bold("Hollin University"), "BSc Physics", "2015"]).map(
      (drawn) => ({ ...drawn, page: 2 }),
    ),
  ]);
  const { resume, sources } = await parseResume(pdf);
  const { lines } = await readDocument(pdf);
  const said = lines.map(({ text }) => text.replaceAll(/\s+/gu, " ")).join("\n");
  const values = leaves(resume);
  expect(Object.keys(sources).toSorted()).toEqual(values.map(([pointer]) => pointer).toSorted());
  for (const { text } of Object.values(sources)) expect(said).toContain(text);
  expect(sources["/education/0/institution"]).toMatchObject({ page: 2, text: "Hollin University" });
  expect(sources["/basics/name"]).toMatchObject({ page: 1, box: { left: 50 } });
  expect(said).not.toContain("1/2");
});

/** Every value with its JSON pointer. */
function leaves(value: unknown, pointer = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, `${pointer}/${name}`));
}
