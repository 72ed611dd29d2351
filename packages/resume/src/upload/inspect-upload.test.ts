import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { everyCaseOr } from "@valet/testkit";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { z } from "zod";
import { contentTypes, docxWith, relationship, relationshipsOf } from "../hostile/plain-docx.ts";
import { hostileFamilies } from "../hostile/hostile-families.ts";
import { pdfWith } from "../hostile/write-pdf.ts";
import { inspectUpload } from "./inspect-upload.ts";

const families = Object.entries(hostileFamilies);

test.each(families)("%s: each is refused for what it is", (_family, files) => {
  const refusable = files.filter(({ refusedAs }) => refusedAs !== undefined);
  // The first show every kind; the bombs among the others take long to make.
  const tried = refusable.slice(0, everyCaseOr(refusable.length, 60));
  const said = tried.map((file) => `${file.name}: ${verdict(file.make())}`);
  expect(said).toEqual(tried.map(({ name, refusedAs }) => `${name}: ${refusedAs}`));
});

function verdict(bytes: Uint8Array): string {
  try {
    return inspectUpload(bytes).kind;
  } catch (error) {
    const isRefusal = error instanceof Error && "details" in error;
    return isRefusal ? Object.values(Object(error.details)).join() : String(error);
  }
}

const template = (target: string) =>
  relationshipsOf(relationship("attachedTemplate", target, 'TargetMode="External"'));

test.each<[string, () => Uint8Array, string]>([
  ["a PDF", () => pdfWith(), "pdf"],
  ["a DOCX", () => docxWith({}), "docx"],
  ["a DOCX that another program packed", () => repacked(), "docx"],
  [
    "a PDF behind empty lines",
    () => Buffer.concat([Buffer.from("\u00EF\u00BB\u00BF\r\n", "latin1"), pdfWith()]),
    "pdf",
  ],
  [
    "a PDF that is filled up with zeros",
    () => Buffer.concat([pdfWith(), Buffer.alloc(4_096)]),
    "pdf",
  ],
  [
    "a PDF that speaks of scripts",
    () => pdfWith({ content: "BT (HTML/JavaScript/Launch) Tj ET " }),
    "pdf",
  ],
  [
    "a PDF that opens on its first page",
    () => pdfWith({ catalog: "/OpenAction [3 0 R /Fit]" }),
    "pdf",
  ],
  [
    "a DOCX that was begun with a template on its writer's disk",
    () =>
      docxWith({
        "word/_rels/settings.xml.rels": template("file:///C:\\Users\\mira\\resume.dotx"),
      }),
    "docx",
  ],
  [
    "a DOCX with links",
    () =>
      docxWith({
        "word/_rels/document.xml.rels": relationshipsOf(
          relationship("hyperlink", "https://mira.test", 'TargetMode="External"'),
        ),
      }),
    "docx",
  ],
  [
    "a DOCX that names the kind of its pictures",
    () =>
      docxWith({
        "[Content_Types].xml": contentTypes(
          '<Default Extension="svg" ContentType="image/svg+xml"/>',
        ),
      }),
    "docx",
  ],
])("%s is taken", (_what, make, kind) => {
  expect(verdict(make())).toBe(kind);
});

function repacked(): Uint8Array {
  return zipSync({
    "[Content_Types].xml": Buffer.from(contentTypes()),
    "word/": new Uint8Array(),
    "word/document.xml": Buffer.from("<w:document/>"),
  });
}

test("no more of a part is unpacked than its directory states", () => {
  const lie = hostileFamilies["ZIP bombs"]?.find(({ name }) =>
    /list of kinds of 50 MB/u.test(name),
  );
  expect(() => inspectUpload(lie?.make() ?? new Uint8Array())).toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: "ERR_BUFFER_TOO_LARGE" }) }),
  );
});

const lookAtDoor = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({
    resolve(name, context, next) {
      loaded.push(name);
      return next(name, context);
    },
  });
  await import(${JSON.stringify(new URL("../index.ts", import.meta.url).href)});
  console.log(JSON.stringify(loaded));
`;

test("the package's door loads no parser", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    lookAtDoor,
  ]);
  const loaded = z.array(z.string()).parse(JSON.parse(stdout));
  expect(loaded).toContain("./upload/inspect-upload.ts");
  expect(loaded.filter((name) => /pdfjs|parse-resume|hostile-families/u.test(name))).toEqual([]);
});
