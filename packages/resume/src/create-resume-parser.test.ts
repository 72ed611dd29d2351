import { expect, onTestFinished, test } from "vitest";
import { createResumeParser, type ResumeParserInput } from "./create-resume-parser.ts";
import { column, drawPdf } from "./fixtures.fixture.ts";
import { documentOf, docxParts, paragraph } from "./hostile/plain-docx.ts";
import { writeZip } from "./hostile/write-zip.ts";

const { signal } = new AbortController();

function open(input: ResumeParserInput = {}) {
  const parser = createResumeParser(input);
  onTestFinished(() => parser.close());
  return parser;
}

const resume = () =>
  drawPdf(
    column(50, 40, [
      { text: "Mira Velling", size: 24 },
      "mira.velling@mail.test",
      ...Array.from({ length: 6 }, () => "Wrote the service that bills customers every month"),
    ]),
  );

test("documents are parsed one after the other, and a bad one harms none", async () => {
  const parser = open();
  const good = await resume();
  const answers = await Promise.allSettled([
    parser.parse(good, signal),
    parser.parse(new Uint8Array([1, 2, 3]), signal),
    parser.parse(good, signal),
  ]);
  expect(answers).toMatchObject([
    { value: { resume: { basics: { name: "Mira Velling" } } } },
    { reason: { code: "RESUME_UNREADABLE", details: { reason: "unknown_format" } } },
    { value: { resume: { basics: { email: "mira.velling@mail.test" } } } },
  ]);
});

test("its lines are those that its values were read from", async () => {
  const parser = open();
  const { parsed, lines } = await parser.read(await resume(), signal);
  expect(await parser.readLines(await resume(), signal)).toEqual(lines);
  expect(await parser.parse(await resume(), signal)).toEqual(parsed);
  const source = parsed.sources["/basics/email"];
  expect(lines.map(({ text }) => text)).toContain(source?.text);
  expect(lines[0]).toMatchObject({ place: { page: 1 }, text: "Mira Velling" });
});

test("one that takes too long is given up, and the next is parsed", async () => {
  const parser = open({ limitMs: 1 });
  await expect(parser.parse(await resume(), signal)).rejects.toMatchObject({
    code: "RESUME_UNREADABLE",
    details: { reason: "timeout" },
  });
  const patient = open();
  await expect(patient.parse(await resume(), signal)).resolves.toBeDefined();
});

test("one that wants too much memory ends the process that reads it and nothing else", async () => {
  const parser = open({ heapMb: 24, memoryMb: 1_000 });
  const parts = docxParts({
    "word/document.xml": documentOf(paragraph("word ".repeat(3_000_000))),
  });
  const long = writeZip(parts.map((part) => ({ ...part, method: 0 })));
  await expect(parser.parse(long, signal)).rejects.toMatchObject({
    code: "RESUME_UNREADABLE",
    details: { reason: "too_large" },
  });
});

test("a process that holds more memory than it may is ended, whatever fills it", async () => {
  // Less than the process holds before it reads anything.
  const parser = open({ memoryMb: 20 });
  await expect(parser.parse(await resume(), signal)).rejects.toMatchObject({
    details: { reason: "too_large" },
  });
});

test("10 MB reach the process that reads them whole", async () => {
  const parser = open();
  const whole = Buffer.from(await resume());
  const filled = Buffer.concat([whole, Buffer.alloc(10_000_000 - whole.length)]);
  await expect(parser.parse(filled, signal)).resolves.toMatchObject({
    resume: { basics: { email: "mira.velling@mail.test" } },
  });
});

test("who stops waiting is told so at once", async () => {
  const parser = open();
  const caller = new AbortController();
  const parsed = parser.parse(await resume(), caller.signal);
  caller.abort(new Error("gone"));
  await expect(parsed).rejects.toThrow("gone");
  await expect(parser.parse(await resume(), signal)).resolves.toBeDefined();
});
