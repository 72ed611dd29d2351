import { deflateSync } from "node:zlib";
import type { HostileFile } from "./hostile-file.ts";
import { pdfWith, stream } from "./write-pdf.ts";

const script = "/S /JavaScript /JS (app.alert(1))";
const launch = "/S /Launch /F (calc.exe)";

const plain: Readonly<Record<string, string>> = {
  "a script when it opens": `/OpenAction << ${script} >>`,
  "a program when it opens": `/OpenAction << ${launch} >>`,
  "a script among its names": `/Names << /JavaScript << /Names [(x) << ${script} >>] >> >>`,
  "a script without a space": "/OpenAction <</S/JavaScript/JS(1)>>",
  "a program without a space": "/OpenAction <</S/Launch/F(x)>>",
  "a script when it is printed": `/AA << /WP << ${script} >> >>`,
  "a script in a field": `/AcroForm << /Fields [<< /FT /Tx /AA << /K << ${script} >> >> >>] >>`,
  "a program behind another action": `/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << ${launch} >> >>`,
  "a script behind many words that are none": `/X [${"/JavaScript ".repeat(500)}] /OpenAction << ${script} >>`,
};

const attached = (name: string) => ({
  catalog: `/Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (${name}) /UF (${name}) /EF << /F 6 0 R >> >>] >> >>`,
  more: [stream("x", "/Type /EmbeddedFile")],
});

/** Objects of the parser alone: packed together, so that nothing of them is seen before. */
function packed(catalogWords: string): Uint8Array {
  const whole = Buffer.from(pdfWith({ catalog: "/OpenAction 7 0 R" })).toString("latin1");
  const at = whole.lastIndexOf("xref\n0 ");
  const objects = deflateSync(Buffer.from(`7 0 << ${catalogWords} >>`));
  const head = Buffer.from(whole.slice(0, at), "latin1");
  const holder = stream(objects, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode");
  const tableAt = head.length + holder.length + 16;
  const body = Buffer.concat([head, Buffer.from("6 0 obj\n"), holder, Buffer.from("\nendobj\n")]);
  const places = [...whole.matchAll(/\n(\d) 0 obj/gu)].map(({ index }) => index + 1);
  const rows = Buffer.alloc(9 * 5);
  places.forEach((place, index) => {
    rows.writeUInt8(1, (index + 1) * 5);
    rows.writeUInt16BE(place, (index + 1) * 5 + 1);
  });
  [
    [6, 1, head.length],
    [7, 2, 6],
    [8, 1, tableAt],
  ].forEach(([number = 0, kind = 0, place = 0]) => {
    rows.writeUInt8(kind, number * 5);
    rows.writeUInt16BE(place, number * 5 + 1);
  });
  const table = stream(rows, "/Type /XRef /Size 9 /W [1 2 2] /Root 1 0 R");
  return Buffer.concat([
    body,
    Buffer.from("8 0 obj\n"),
    table,
    Buffer.from(`\nendobj\nstartxref\n${body.length}\n%%EOF\n`),
  ]);
}

export const pdfActions: readonly HostileFile[] = [
  ...Object.entries(plain).map(([name, catalog]) => ({
    name,
    make: () => pdfWith({ catalog }),
    refusedAs: "unsafe" as const,
  })),
  { name: "a script that is packed", make: () => packed(script) },
  {
    name: "a script by another name",
    make: () => pdfWith({ catalog: "/OpenAction << /S /J#61vaScript /JS (1) >>" }),
  },
  { name: "a program that is attached", make: () => pdfWith(attached("x.exe")) },
  { name: "a document that is attached", make: () => pdfWith(attached("x.docm")) },
  { name: "data that is attached", make: () => pdfWith(attached("europass.xml")) },
  {
    name: "a file pinned to a page",
    make: () =>
      pdfWith({
        page: "/Annots [6 0 R]",
        more: [
          "<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /Type /Filespec /F (x.exe) /EF << /F 7 0 R >> >> >>",
          stream("x", "/Type /EmbeddedFile"),
        ],
      }),
  },
];
