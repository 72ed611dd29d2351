import type { ParsedResume, ProfileChange, ReadFrom } from "@valet/contracts";
import { expect, test } from "vitest";
import { readFacts } from "./read-facts.ts";

const id = "0b8b5a5e-6a0e-4e0e-8f0e-1f6f6a0e4e0e";
const from = (paragraph: number, text: string): ReadFrom => ({ paragraph, text, confidence: 0.9 });
const took = (readFrom: ReadFrom) => ({
  resumeId: id,
  readFrom,
  acceptedAt: "2026-11-23T12:00:00.000Z",
});
const parsed: ParsedResume = {
  resume: {
    basics: { name: "Ada Canaria", email: "ada@example.com" },
    work: [{ name: "Engines Ltd", position: "Engineer", startDate: "2019-03", endDate: "present" }],
  },
  sources: {
    "/basics/name": from(1, "Ada Canaria"),
    "/work/0/endDate": from(3, "March 2019 to Present"),
    "/work/0/position": from(2, "Engineer"),
    "/basics/email": from(1, "ada@example.com"),
    "/work/0/name": from(2, "Engines Ltd"),
    "/work/0/startDate": from(3, "March 2019 to Present"),
  },
};
const change = (over: Pick<ProfileChange, "pointer" | "kind" | "to" | "sources">) => ({
  id: over.pointer,
  confidence: 0.9,
  ...over,
});
const position = change({
  pointer: "/work/0",
  kind: "add",
  to: parsed.resume.work?.[0],
  sources: { "/name": from(2, "Engines Ltd"), "/position": from(2, "Engineer") },
});

test("facts come in the order of a résumé, each with how it stands to the profile", () => {
  const email = change({
    pointer: "/basics/email",
    kind: "replace",
    to: "ada@example.com",
    sources: { "": from(1, "ada@example.com") },
  });
  const groups = readFacts({
    resume: { id, parsed, changes: [email, position] },
    profile: { basics: { name: "ada canaria", email: "ada@other.example.com" } },
    sources: {},
  });
  expect(
    groups.flatMap(({ name, entries }) =>
      entries.flatMap(({ facts }) =>
        facts.map(({ leaf, standing, place }) => [name, leaf, standing, place]),
      ),
    ),
  ).toEqual([
    ["you", "name", "kept", "/basics/name"],
    ["you", "email", "differs", "/basics/email"],
    ["work", "name", "new", undefined],
    ["work", "position", "new", undefined],
    ["work", "startDate", "unused", undefined],
    ["work", "endDate", "unused", undefined],
  ]);
});

test("an entry that was taken over and then corrected is kept where it stands", () => {
  const [, work] = readFacts({
    resume: { id, parsed, changes: [] },
    profile: { work: [{ name: "Engines Limited", position: "Engineer" }] },
    sources: { "/work/0/position": took(from(2, "Engineer")) },
  });
  expect(work?.entries[0]?.facts.find(({ leaf }) => leaf === "position")).toMatchObject({
    standing: "kept",
    place: "/work/0/position",
  });
});

test("a value that the profile has in two places is nobody's guess", () => {
  const twice = { work: [{ position: "Engineer" }, { position: "Engineer" }] };
  const [, work] = readFacts({
    resume: { id, parsed, changes: [] },
    profile: twice,
    sources: {},
  });
  expect(work?.entries[0]?.facts.map(({ place }) => place)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
