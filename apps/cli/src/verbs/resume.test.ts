import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resumePdf } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "valet-resume-test-"));
  await writeFile(join(cwd, "cv.pdf"), resumePdf({ lines }));
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
