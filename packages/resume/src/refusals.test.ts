import { PDFDocument } from "pdf-lib";
import { zipSync, strToU8 } from "fflate";
import { expect, test } from "vitest";
import { column, drawPdf } from "./fixtures.fixture.ts";
import { pdfActions } from "./hostile/pdf-action-files.ts";
import { documentOf, docxWith, paragraph } from "./hostile/plain-docx.ts";
import { parseResume } from "./parse-resume.ts";

const sentence = "Wrote the service that bills customers and kept the warehouse of events";

async function blankPages(count: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 0; page < count; page += 1) document.addPage([595, 842]);
  return document.save();
}

/** Each letter is the one some places on, as where a font's table of letters is lost. */
function shifted(text: string, by: number): string {
  return text.replaceAll(/[a-z]/gu, (letter) =>
    String.fromCodePoint(97 + ((letter.charCodeAt(0) - 97 + by) % 26)),
  );
}

const compound = (mark: string) =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from(mark, "utf16le")]);

const text = Array.from({ length: 20 }, () => sentence);

test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
  ["nothing", () => new Uint8Array(), "empty"],
  ["a page of the web", () => strToU8("<html><body>Mira Velling</body></html>"), "unknown_format"],
  ["an archive that is no document", () => zipSync({ "a.txt": strToU8("a") }), "unknown_format"],
  [
    "a PDF cut in half",
    async () => (await drawPdf(column(50, 40, text))).subarray(0, 300),
    "damaged",
  ],
  ["a DOCX cut in half", () => strToU8("PK\u0003\u0004 and no more"), "damaged"],
  ["a document of Word's that wants a password", () => compound("EncryptedPackage"), "password"],
  ["an old document of Word's", () => compound("WordDocument"), "unknown_format"],
  ["a scan", () => blankPages(2), "no_text"],
  ["200 pages", () => blankPages(200), "too_long"],
  [
    "letters that are others",
    () =>
      drawPdf(
        column(
          50,
          40,
          text.map((line) => shifted(line, 7)),
        ),
      ),
    "garbled",
  ],
  [
    "letters that are others, by another table",
    () =>
      drawPdf(
        column(
          50,
          40,
          text.map((line) => shifted(line, 13)),
        ),
      ),
    "garbled",
  ],
  [
    "more text than fifty pages have",
    () => docxWith({ "word/document.xml": documentOf(paragraph(sentence.repeat(9)).repeat(400)) }),
    "too_long",
  ],
])("%s is refused", async (_what, make, reason) => {
  await expect(parseResume(await make())).rejects.toMatchObject({
    code: "RESUME_UNREADABLE",
    details: { reason },
  });
});

test.each([
  ["a script that is packed", "unsafe"],
  ["a script by another name", "unsafe"],
  ["a program that is attached", "unsafe"],
  ["a document that is attached", "unsafe"],
  ["a file pinned to a page", "unsafe"],
])("%s is found when it is parsed", async (name, reason) => {
  const file = pdfActions.find((one) => one.name === name);
  await expect(parseResume(file?.make() ?? new Uint8Array())).rejects.toMatchObject({
    details: { reason },
  });
});

test("data that a résumé carries beside its print is no harm", async () => {
  const file = pdfActions.find(({ name }) => name === "data that is attached");
  await expect(parseResume(file?.make() ?? new Uint8Array())).resolves.toBeDefined();
});

test.each([
  sentence,
  "Leitete die Entwicklung der Plattform für Zahlungen und führte ein Team von acht Personen",
  "Conception et mise en production de services de paiement pour des clients internationaux",
  "Desarrollo de servicios de pago para clientes internacionales y formación del equipo",
])("text of a language is read: %s", async (line) => {
  const pdf = await drawPdf(
    column(
      50,
      40,
      Array.from({ length: 8 }, () => line),
    ),
  );
  await expect(parseResume(pdf)).resolves.toBeDefined();
});
