import { everyCaseOr } from "@valet/testkit";
import { beforeAll, expect, test } from "vitest";
import { findDates } from "../facts/dates.ts";
import { layouts, printLayout } from "../generated/layouts.fixture.ts";
import { makePerson } from "../generated/people.fixture.ts";
import { type Random, seededRandom } from "../generated/random.fixture.ts";
import type { ParsedResume, Source } from "../json-resume.ts";
import type { TextLine } from "../layout/text-document.ts";
import { parseDocument } from "../parse-document.ts";
import { readDocument } from "../read-document.ts";
import { oneSpace } from "./find-span.ts";
import { answering, leavesOf } from "./labelled-lines.fixture.ts";
import type { Reference } from "./labelled-resume.ts";
import { findLines } from "./find-lines.ts";
import { refineResume } from "./refine-resume.ts";

const answers = everyCaseOr(3_000, 60);
const { signal } = new AbortController();

interface Read {
  readonly parsed: ParsedResume;
  readonly lines: readonly TextLine[];
}
let documents: readonly Read[];

beforeAll(async () => {
  const families = Object.values(layouts).slice(0, everyCaseOr(20, 2));
  documents = await Promise.all(
    families.map(async (layout, index) => {
      const document = await readDocument(await printLayout(layout, makePerson(index + 1)));
      return { parsed: parseDocument(document), lines: document.lines };
    }),
  );
});

/** A document as rules might have read it that know less: entries missing, values unsure. */
function forget({ parsed, lines }: Read, random: Random): Read {
  const { resume, sources } = parsed;
  const keeps = random.next() < 0.5 ? 1 : 9;
  const isKept = (pointer: string) => !/^\/(?:work|education)\/[1-9]/u.test(pointer) || keeps > 1;
  const unsure = Object.entries(sources)
    .filter(([pointer]) => isKept(pointer))
    .map(([pointer, source]): [string, Source] => [
      pointer,
      random.next() < 0.4 ? { ...source, confidence: 0.6 } : source,
    ]);
  const { work = [], education = [] } = resume;
  return {
    parsed: {
      resume: { ...resume, work: work.slice(0, keeps), education: education.slice(0, keeps) },
      sources: Object.fromEntries(unsure),
    },
    lines,
  };
}

/** Half of them true, the rest of other lines, made up, or no words at all. */
function referenceOf(lines: readonly TextLine[], random: Random): Reference {
  const line = Math.floor(random.next() * (lines.length + 2));
  const said = random.next() < 0.7 ? lines[line - 1] : random.pick(lines);
  const text = said?.text ?? "";
  const kind = random.next();
  if (kind < 0.1) return { line, words: "Orbital Group of Nowhere" };
  if (kind < 0.2) return { line, words: text.slice(Math.floor(random.next() * text.length)) };
  const [date] = findDates(text);
  if (kind < 0.5 && date !== undefined) return { line, words: date.text };
  const pieces = text.split(kind < 0.8 ? / {2,}|, | – / : / /u);
  const from = Math.floor(random.next() * pieces.length);
  return { line, words: pieces.slice(from, from + 1 + Math.floor(random.next() * 2)).join(" ") };
}

function randomAnswer(lines: readonly TextLine[], random: Random): unknown {
  const members = (...names: readonly string[]) =>
    Object.fromEntries(
      names.filter(() => random.next() < 0.7).map((name) => [name, referenceOf(lines, random)]),
    );
  const list = <T>(make: () => T) => Array.from({ length: Math.floor(random.next() * 12) }, make);
  const dates = ["startDate", "endDate"];
  return {
    basics: members("name", "label", "email", "phone"),
    work: list(() => members("name", "position", "location", ...dates)),
    education: list(() => members("institution", "studyType", "area", ...dates)),
    skills: list(() => referenceOf(lines, random)),
    languages: list(() => referenceOf(lines, random)),
  };
}

/** What is wrong with a value that a model has brought in. */
function faultsOf(pointer: string, value: string, { parsed, lines }: Read): readonly string[] {
  const source = parsed.sources[pointer];
  if (source === undefined) return [`${pointer} has no place`];
  const there = findLines(source, lines).map((at) => oneSpace(lines[at]?.text ?? ""));
  if (!there.some((text) => text.includes(source.text))) return [`${pointer} is not in its place`];
  const isDate = pointer.endsWith("Date");
  const dates = there.flatMap((text) => findDates(text).flatMap(({ start, end }) => [start, end]));
  if (isDate) return dates.includes(value) ? [] : [`${pointer} is no date of its line`];
  return there.some((text) => text.includes(value)) ? [] : [`${pointer} is not in the document`];
}

test("whatever a model says, every value stands in the document and nothing sure is lost", async () => {
  let [refinements, replacements, entries] = [0, 0, 0];
  for (let seed = 1; seed <= answers; seed += 1) {
    const random = seededRandom(seed);
    const before = forget(random.pick(documents), random);
    const { ask } = answering(randomAnswer(before.lines, random));
    const refined = await refineResume(before, ask, signal);
    const after = { parsed: refined.parsed, lines: before.lines };

    const was = new Map(leavesOf(before.parsed.resume));
    const is = new Map(leavesOf(after.parsed.resume));
    const faults = [...is]
      .filter(([pointer, value]) => was.get(pointer) !== value)
      .flatMap(([pointer, value]) => faultsOf(pointer, value, after));
    const lost = [...was].filter(([pointer, value]) => {
      const source = before.parsed.sources[pointer];
      const isSure = (source?.confidence ?? 1) >= 0.8;
      return isSure ? is.get(pointer) !== value : !is.has(pointer);
    });
    expect([seed, refined.outcome, faults, lost]).toEqual([seed, "answered", [], []]);
    expect([seed, Object.keys(after.parsed.sources).toSorted()]).toEqual([
      seed,
      [...is.keys()].toSorted(),
    ]);
    refinements += refined.isRefined ? 1 : 0;
    replacements += [...was].filter(([pointer, value]) => is.get(pointer) !== value).length;
    entries += (after.parsed.resume.work?.length ?? 0) - (before.parsed.resume.work?.length ?? 0);
  }
  // Otherwise nothing was tried.
  expect(refinements).toBeGreaterThan(answers / 2);
  expect([replacements, entries].every((count) => count > answers / 10)).toBe(true);
});
