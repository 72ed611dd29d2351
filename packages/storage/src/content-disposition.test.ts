import { parse } from "content-disposition";
import { expect, test } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

/** What a browser reads out of the header. */
function savedAs(given: string): string | undefined {
  return parse(contentDisposition(given)).parameters["filename"];
}

test.each([
  ["a plain name", "Ada Example.pdf", "Ada Example.pdf"],
  ["accents", "Résumé Žofie.pdf", "Résumé Žofie.pdf"],
  ["other scripts", "履歴書 Анна.docx", "履歴書 Анна.docx"],
  ["emoji of several parts", "👩‍💻 cv.pdf", "👩‍💻 cv.pdf"],
  ["quotes", `Ada "the" Ex'ample.pdf`, `Ada "the" Ex'ample.pdf`],
  ["what looks like an encoded name", "UTF-8''%2e%2e.pdf", "UTF-8''%2e%2e.pdf"],
  ["percent signs that encode nothing", "100%.pdf", "100%.pdf"],
  ["semicolons and equals signs", "a; filename=b.exe; c.pdf", "a; filename=b.exe; c.pdf"],
  ["folders", "../../etc/passwd", "passwd"],
  ["folders of Windows", "C:\\Users\\ada\\cv.pdf", "cv.pdf"],
  ["a folder at the end", "cv.pdf/", "download"],
  ["a header of its own", "cv.pdf\r\nSet-Cookie: a=b", "cv.pdfSet-Cookie: a=b"],
  ["a name cut by zero", "cv.pdf\0.exe", "cv.pdf.exe"],
  ["a line separator", "cv\u2028.pdf", "cv.pdf"],
  ["letters turned around", "cv\u202Efdp.exe", "cvfdp.exe"],
  ["isolated directions and marks", "\u2066cv\u2069\u200F\u061C.pdf", "cv.pdf"],
  ["letters without width", "c\u200Bv\uFEFF.pdf", "cv.pdf"],
  ["half a character", "cv\uD83D.pdf", "cv\uFFFD.pdf"],
  ["a hidden file", ".bashrc", "bashrc"],
  ["the folder itself", ".", "download"],
  ["the folder above", "..", "download"],
  ["nothing", "", "download"],
  ["spaces", " \t ", "download"],
  ["spaces and dots around", " . cv.pdf . ", "cv.pdf"],
])("%s", (_what, given, expected) => {
  expect(savedAs(given)).toBe(expected);
});

test.each([
  ["letters", "x"],
  ["emoji", "👩‍💻"],
])("three hundred %s are cut to 200 bytes, and the ending stays", (_what, letter) => {
  const name = savedAs(`${letter.repeat(300)}.pdf`) ?? "";

  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(Buffer.byteLength(name)).toBeGreaterThan(180);
  expect(name.endsWith(".pdf")).toBe(true);
  expect(name.isWellFormed()).toBe(true);
});

test("the header is one line of ASCII and always an attachment, whatever the name", () => {
  const everyLetter = Array.from({ length: 0x3_00 }, (_, code) => String.fromCodePoint(code));
  const headers = [...everyLetter, "a\r\n\r\n<script>", "\u0085", "\u{E0041}"].map((letter) =>
    contentDisposition(`a${letter}b.pdf`),
  );

  expect(headers.filter((header) => !/^attachment; filename[\x20-\x7e]*$/.test(header))).toEqual(
    [],
  );
});
