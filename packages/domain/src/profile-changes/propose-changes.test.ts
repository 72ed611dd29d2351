import type { ParsedResume, Profile, ReadFrom } from "@valet/contracts";
import { expect, test } from "vitest";
import { acceptChanges, keepSources } from "./accept-changes.ts";
import { proposeChanges } from "./propose-changes.ts";

const by = { resumeId: "6a1f6a5e-6a56-4a0e-9f6b-6f0a3f5d7c11", acceptedAt: "2026-11-23T08:00:00Z" };

const readFrom = (text: string, confidence = 0.9): ReadFrom => ({ paragraph: 1, text, confidence });

/** A parse with a source for each of its values. */
function parsed(resume: ParsedResume["resume"]): ParsedResume {
  const sources: Record<string, ReadFrom> = {};
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === "string") sources[pointer] = readFrom(value);
    else if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, `${pointer}/${name}`);
    }
  };
  walk(resume, "");
  return { resume, sources };
}

const ada = parsed({
  basics: {
    name: "Ada Example",
    email: "ada@mail.test",
    phone: "+49 30 1234567",
    url: "ada.test",
    location: { address: "Berlin, Germany" },
    profiles: [{ network: "GitHub", url: "github.com/ada" }],
  },
  work: [
    { name: "Acme GmbH", position: "Lead", startDate: "2021-03", endDate: "present" },
    { name: "Beta AG", position: "Engineer", startDate: "2018-01", endDate: "2021-02" },
  ],
  education: [{ institution: "TU Berlin", studyType: "BSc", endDate: "2017" }],
  skills: [{ name: "Languages", keywords: ["Go", "SQL"] }, { name: "Sailing" }],
  languages: [{ language: "German", fluency: "native" }],
});

const all = (profile: Profile, resume = ada) =>
  acceptChanges({ profile, sources: {} }, proposeChanges(profile, resume), by);

test("an empty profile gets everything, in the terms of a profile, with its places", () => {
  const { profile, sources } = all({});

  expect(profile).toEqual({
    basics: {
      name: "Ada Example",
      email: "ada@mail.test",
      phone: "+49 30 1234567",
      url: "https://ada.test",
      location: { city: "Berlin", countryCode: "DE" },
      profiles: [{ network: "GitHub", url: "https://github.com/ada" }],
    },
    work: [
      { name: "Acme GmbH", position: "Lead", startDate: "2021-03" },
      { name: "Beta AG", position: "Engineer", startDate: "2018-01", endDate: "2021-02" },
    ],
    education: [{ institution: "TU Berlin", studyType: "BSc", endDate: "2017" }],
    skills: [{ name: "Languages", keywords: ["Go", "SQL"] }, { name: "Sailing" }],
    languages: [{ language: "German", fluency: "native" }],
  });
  expect(sources["/work/1/startDate"]).toEqual({ ...by, readFrom: readFrom("2018-01") });
  expect(sources["/skills/0/keywords/1"]?.readFrom.text).toBe("SQL");
  expect(sources["/basics/location/city"]?.readFrom.text).toBe("Berlin, Germany");
});

test("what was accepted is not proposed again, however it is written", () => {
  const { profile } = all({});
  const again = parsed({
    basics: { name: "ADA  EXAMPLE", phone: "+49 (30) 123-4567", url: "http://www.ada.test/" },
    work: [{ name: "ACME GmbH", position: "lead", startDate: "2021-03", endDate: "present" }],
    skills: [{ name: "Tools", keywords: ["sql", "go"] }, { name: "sailing" }],
  });

  expect(proposeChanges(profile, again)).toEqual([]);
  expect(proposeChanges(profile, ada)).toEqual([]);
});

test("what the person says is replaced by a change of its own and never by an addition", () => {
  const mine: Profile = { basics: { name: "Ada M. Example", email: "ada@mail.test" } };
  const changes = proposeChanges(mine, ada);
  const replacing = changes.filter(({ kind }) => kind === "replace");

  expect(replacing).toMatchObject([
    { pointer: "/basics/name", from: "Ada M. Example", to: "Ada Example" },
  ]);
  const added = acceptChanges(
    { profile: mine, sources: {} },
    changes.filter(({ kind }) => kind === "add"),
    by,
  );
  expect(added.profile.basics?.name).toBe("Ada M. Example");
});

test("a known position gets what it lacks; a second one at the same employer is another", () => {
  const mine: Profile = { work: [{ name: "Acme GmbH", position: "Lead" }] };
  const resume = parsed({
    basics: {},
    work: [
      { name: "Acme GmbH", position: "Lead", startDate: "2021-03", endDate: "present" },
      { name: "Acme GmbH", position: "Engineer", startDate: "2019-05", endDate: "2021-02" },
    ],
  });

  expect(proposeChanges(mine, resume).map(({ pointer, to }) => [pointer, to])).toEqual([
    ["/work/0/startDate", "2021-03"],
    [
      "/work/1",
      { name: "Acme GmbH", position: "Engineer", startDate: "2019-05", endDate: "2021-02" },
    ],
  ]);
});

test("a newer position becomes the first one, and places move with what they are of", () => {
  const old = parsed({ basics: {}, work: [{ name: "Beta AG", endDate: "2021-02" }] });
  const before = all({}, old);
  const changes = proposeChanges(before.profile, ada);
  const after = acceptChanges(before, changes, by);

  expect(after.profile.work?.map(({ name }) => name)).toEqual(["Acme GmbH", "Beta AG"]);
  expect(after.sources["/work/1/name"]?.readFrom.text).toBe("Beta AG");
  expect(after.sources["/work/0/position"]?.readFrom.text).toBe("Lead");
});

test("an order that the person chose stays", () => {
  const mine: Profile = {
    work: [
      { name: "Old", endDate: "2010" },
      { name: "New", endDate: "2020" },
    ],
  };
  const { profile } = all(mine, parsed({ basics: {}, work: [{ name: "Mid", endDate: "2015" }] }));

  expect(profile.work?.map(({ name }) => name)).toEqual(["Old", "New", "Mid"]);
});

test("an entry accepted without the ones before it leaves no hole", () => {
  const changes = proposeChanges({}, ada).filter(({ pointer }) => pointer === "/work/1");
  const { profile, sources } = acceptChanges({ profile: {}, sources: {} }, changes, by);

  expect(profile.work).toHaveLength(1);
  expect(Object.keys(sources)).toContain("/work/0/name");
});

test("a change keeps its id when others were accepted before it", () => {
  const first = proposeChanges({}, ada);
  const later = proposeChanges(
    acceptChanges({ profile: {}, sources: {} }, first.slice(0, 8), by).profile,
    ada,
  );

  expect(later.length).toBeGreaterThan(0);
  expect(first.map(({ id }) => id)).toEqual(expect.arrayContaining(later.map(({ id }) => id)));
});

test("a position without an end says what that will mean", () => {
  const changes = proposeChanges(
    {},
    parsed({ basics: {}, work: [{ name: "Acme", startDate: "2020" }] }),
  );

  expect(changes[0]?.note).toContain("still hold");
});

test("what a profile cannot hold is not proposed", () => {
  const resume = parsed({ basics: { email: "not an address", name: "Ada" } });

  expect(proposeChanges({}, resume).map(({ pointer }) => pointer)).toEqual(["/basics/name"]);
});

test("a place is a city and a country only where the words are these", () => {
  const cityOf = (address: string) =>
    proposeChanges({}, parsed({ basics: { location: { address } } })).map(({ pointer, to }) => [
      pointer,
      to,
    ]);

  expect(cityOf("Toronto, CA")).toEqual([["/basics/location/city", "Toronto"]]);
  expect(cityOf("12 Long Street, Leeds, UK")).toEqual([]);
  expect(cityOf("Remote")).toEqual([]);
});

test("what the person writes over loses its place", () => {
  const before = all({});
  const edited: Profile = { ...before.profile, basics: { ...before.profile.basics, name: "Ada" } };
  const sources = keepSources(before, edited);

  expect(sources["/basics/name"]).toBeUndefined();
  expect(sources["/basics/email"]).toBeDefined();
});
