import { expect, test } from "vitest";
import { minimalPdf } from "./minimal-pdf.ts";

const pdf = minimalPdf({ title: "Résumé (draft)", lines: ["Ada Example", "C:\\ada (home)", "☃"] });
const text = Buffer.from(pdf).toString("latin1");

test("every cross-reference entry points at its object and startxref at the table", () => {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(start).startsWith("xref\n0 7\n")).toBe(true);
  const entries = [...text.slice(start).matchAll(/(\d{10}) 00000 n \n/g)];
  expect(entries).toHaveLength(6);
  for (const [index, [, offset]] of entries.entries()) {
    expect(text.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
  }
});

test("the stream is as long as it says", () => {
  const [, length, content] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? [];
  expect(content).toHaveLength(Number(length));
});

test("brackets and backslashes are escaped, what has no Latin-1 form becomes a question mark", () => {
  expect(text).toContain(String.raw`(C:\\ada \(home\)) Tj`);
  expect(text).toContain("(?) Tj");
});

test("it starts as a PDF does", () => {
  expect(text.slice(0, 9)).toBe("%PDF-1.4\n");
});
