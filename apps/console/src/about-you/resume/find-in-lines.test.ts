import type { DocumentLine, ReadFrom } from "@valet/contracts";
import { expect, test } from "vitest";
import { marksOf } from "./find-in-lines.ts";

const boxAt = (line: number, left = 50) => ({
  left,
  top: 100 + line * 16,
  right: left + 200,
  bottom: 112 + line * 16,
});
const page = (...texts: readonly string[]): readonly DocumentLine[] =>
  texts.map((text, line) => ({ place: { page: 1 }, box: boxAt(line), text }));
const readFrom = (line: number, text: string): ReadFrom => ({
  page: 1,
  box: boxAt(line),
  text,
  confidence: 0.9,
});

test("words within a line are marked there, and a whole line where its words stand otherwise", () => {
  const lines = page("Ada Canaria", "Analytical Engines Ltd, Senior Engineer", "Denver");
  expect(marksOf(readFrom(1, "Senior Engineer"), lines)).toEqual([{ line: 1, start: 24, end: 39 }]);
  expect(marksOf(readFrom(2, "Denver, CO"), lines)).toEqual([{ line: 2, start: 0, end: 6 }]);
  expect(marksOf({ ...readFrom(0, "Ada"), page: 2 }, lines)).toEqual([]);
});

test("a text that runs over lines is marked as far as it goes, whatever bullets stand before it", () => {
  const lines = page("• Wrote the service", "that bills  customers. Then left", "EDUCATION");
  expect(marksOf(readFrom(0, "Wrote the service that bills customers."), lines)).toEqual([
    { line: 0, start: 2, end: 19 },
    { line: 1, start: 0, end: 22 },
  ]);
});

test("of two columns the one is marked that it stands in, and a paragraph is found by its number", () => {
  const beside: readonly DocumentLine[] = [
    { place: { page: 1 }, box: boxAt(0, 300), text: "TypeScript" },
    { place: { page: 1 }, box: boxAt(0), text: "Wrote TypeScript" },
  ];
  expect(marksOf(readFrom(0, "TypeScript"), beside)).toEqual([{ line: 1, start: 6, end: 16 }]);
  const paragraph: DocumentLine = { place: { paragraph: 4 }, box: boxAt(0), text: "עדה קנריה" };
  expect(marksOf({ paragraph: 4, text: "עדה", confidence: 1 }, [paragraph])).toEqual([
    { line: 0, start: 0, end: 3 },
  ]);
});
