import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "valet-resume-test-"));
  await writeFile(join(cwd, "cv.pdf"), onePage(lines));
  await writeFile(join(cwd, "page.docx"), "<html>Mira Velling</html>");
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const lines = [
  "Mira Velling",
  "mira.velling@mail.test",
  "EXPERIENCE",
  "Acme Systems GmbH, Senior Engineer",
  "March 2019 to Present",
  "Wrote the service that bills customers and kept the warehouse of events",
];

/** A PDF of one page with these lines. */
function onePage(texts: readonly string[]): string {
  const shown = texts.map((text) => `(${text}) Tj 0 -16 Td`).join("\n");
  const content = `BT /F1 11 Tf 50 780 Td\n${shown}\nET`;
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;
}

function parse(...argv: string[]): Promise<Captured> {
  return runCaptured({ argv: ["resume", "parse", ...argv], cwd, env: { VALET_STATE_DIR: cwd } });
}

test("one line of JSON a file, with a source for every value; one that cannot be read says why", async () => {
  const { exitCode, stdout } = await parse("cv.pdf", "page.docx", "absent.pdf", "--json");
  expect(exitCode).toBe(1);
  const [read, page, absent] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(read).toMatchObject({
    file: "cv.pdf",
    resume: {
      basics: { name: "Mira Velling", email: "mira.velling@mail.test" },
      work: [
        {
          name: "Acme Systems GmbH",
          position: "Senior Engineer",
          startDate: "2019-03",
          endDate: "present",
        },
      ],
    },
    sources: {
      "/basics/name": { page: 1, text: "Mira Velling", confidence: expect.any(Number) },
    },
  });
  expect(page).toEqual({
    file: "page.docx",
    error: { code: "RESUME_UNREADABLE", message: expect.stringContaining("neither a PDF nor") },
  });
  expect(absent).toMatchObject({ file: "absent.pdf", error: { code: "USAGE" } });
});

test("people see what was read, from where and how sure that is", async () => {
  const { exitCode, stdout } = await parse("cv.pdf");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\/work\/0\/position +Senior Engineer +page 1 +0\.\d\d/u);
});
