import type { HostileFile } from "./hostile-file.ts";
import { docxParts, docxWith } from "./plain-docx.ts";
import { pdfWith } from "./write-pdf.ts";
import { writeZip } from "./write-zip.ts";

/** How files of other formats begin. */
const heads: Readonly<Record<string, string>> = {
  "a page of the web": "<!doctype html><script>alert(1)</script>\n",
  "a moving picture": "GIF89a/*\u0001\0\u0001\0*/=1;//",
  "a photo": "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF\0",
  "a picture": "\u0089PNG\r\n\u001A\n",
  "a program of Windows": "MZ\u0090\0",
  "a program of Linux": "\u007FELF\u0002",
  "a script": "#!/bin/sh\nexit\n",
  "a drawing": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
  "a mail": "MIME-Version: 1.0\n\n",
  "a print job": "\u001B%-12345X@PJL\n",
};

export const twoInOne: readonly HostileFile[] = [
  ...Object.entries(heads).flatMap(([what, head]): readonly HostileFile[] => [
    {
      name: `a PDF behind ${what}`,
      make: () => Buffer.concat([Buffer.from(head, "latin1"), pdfWith()]),
      refusedAs: "unsafe",
    },
    {
      name: `a DOCX behind ${what}`,
      make: () => writeZip(docxParts(), { prefix: Buffer.from(head, "latin1") }),
      refusedAs: "unsafe",
    },
  ]),
  {
    name: "a DOCX behind a PDF",
    make: () => writeZip(docxParts(), { prefix: pdfWith() }),
    refusedAs: "unsafe",
  },
  {
    name: "a PDF that is a DOCX within its last bytes",
    make: () => writeZip([], { prefix: pdfWith() }),
    refusedAs: "unsafe",
  },
  {
    name: "a PDF whose end is the comment of a DOCX",
    make: () =>
      writeZip(docxParts(), {
        prefix: Buffer.from("%PDF-1.7\n"),
        comment: Buffer.from("\nstartxref\n9\n%%EOF\n"),
      }),
    refusedAs: "unsafe",
  },
  {
    name: "a PDF in the comment of a DOCX",
    make: () => writeZip(docxParts(), { comment: pdfWith() }),
  },
  {
    name: "a DOCX that begins with the header of a PDF",
    make: () => writeZip([{ name: "%PDF-1.7", bytes: "", method: 0 }, ...docxParts()]),
    refusedAs: "unsafe",
  },
  {
    name: "a page of the web behind a PDF",
    make: () => Buffer.concat([pdfWith(), Buffer.from("<script>alert(1)</script>")]),
    refusedAs: "unsafe",
  },
  {
    name: "a DOCX behind half a DOCX that its places count",
    make: () => writeZip(docxParts(), { prefix: docxWith({}).subarray(0, 300) }),
    refusedAs: "unsafe",
  },
  {
    name: "a DOCX behind half a DOCX",
    make: () => Buffer.concat([docxWith({}).subarray(0, 300), docxWith({})]),
    refusedAs: "unsafe",
  },
];
