import { expect, test } from "vitest";
import { type ResumeTruth, f1, scoreFields } from "./field-scores.ts";

const truth: ResumeTruth = {
  basics: {
    name: "Mira Velling",
    email: "mira@mail.test",
    phone: "+49 30 5550 1234",
    url: "https://velling.dev/",
    profiles: [{ username: "miravell" }],
  },
  work: [
    { name: "Acme", position: "Engineer", startDate: "2019-03-01", endDate: "present" },
    { name: "Brill", position: "Trainee", startDate: "2016", endDate: "2018-12" },
  ],
  education: [{ institution: "Hollin", studyType: "BSc", area: "Physics", endDate: "2015" }],
  skills: [
    { name: "Languages", keywords: ["Go", "Rust"] },
    { details: "Git, Docker (Compose, Swarm)" },
  ],
};

test("the same in other words of the same meaning is right", () => {
  const read: ResumeTruth = {
    basics: {
      name: "MIRA VELLING",
      email: "Mira@mail.test",
      phone: "030 55501234",
      url: "velling.dev",
      profiles: [{ username: "miravell" }],
    },
    work: [
      { name: "Brill", position: "Trainee", startDate: "2016-01", endDate: "2018" },
      { name: "ACME", position: "Engineer", startDate: "2019-03", endDate: "present" },
    ],
    education: [{ institution: "Hollin", studyType: "BSc Physics", endDate: "2015-06" }],
    skills: [
      { name: "go" },
      { name: "Rust" },
      { name: "Git" },
      { name: "Docker (Compose, Swarm)" },
    ],
  };
  const scores = Object.entries(scoreFields(truth, read)).map(([name, counts]) => [
    name,
    f1(counts),
  ]);
  expect(Object.fromEntries(scores)).toEqual({
    name: 1,
    email: 1,
    phone: 1,
    links: 1,
    work: 1,
    education: 1,
    skills: 1,
  });
});

test.each<[string, Partial<NonNullable<ResumeTruth["work"]>[number]>]>([
  ["another employer", { name: "Acme Two" }],
  ["another title", { position: "Head" }],
  ["another month", { startDate: "2019-04" }],
  ["an end that is none", { endDate: "2020" }],
])("an entry with %s is wrong and one is missed", (_what, change) => {
  const [first = {}, second = {}] = truth.work ?? [];
  const { work } = scoreFields(truth, { ...truth, work: [{ ...first, ...change }, second] });
  expect(work).toEqual({ right: 1, wrong: 1, missed: 1 });
});

test("what is read and does not stand there counts against it", () => {
  const { links } = scoreFields(truth, { basics: { ...truth.basics, url: "https://other.test" } });
  expect(links).toEqual({ right: 1, wrong: 1, missed: 1 });
  const { email } = scoreFields({ basics: {} }, { basics: { email: "made@up.test" } });
  expect([email, f1(email ?? { right: 1, wrong: 0, missed: 0 })]).toEqual([
    { right: 0, wrong: 1, missed: 0 },
    0,
  ]);
});
