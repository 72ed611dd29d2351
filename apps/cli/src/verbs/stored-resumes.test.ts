import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AcceptedChanges, ResumeDetail } from "@valet/contracts";
import { type TestValet, resumePdf, startValet, testStateDir } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let valet: TestValet;
let cwd = "";

beforeAll(async () => {
  valet = await startValet({ workers: 1 });
  cwd = testStateDir();
  await writeFile(join(cwd, "cv.pdf"), resumePdf());
  await writeFile(join(cwd, "scan.pdf"), resumePdf({ lines: [] }));
});
afterAll(() => valet?.close());

function run(...argv: string[]): Promise<Captured> {
  const env = { VALET_STATE_DIR: cwd, VALET_API_URL: valet.apiUrl, VALET_API_KEY: valet.apiKey };
  return runCaptured({ argv: ["resume", ...argv], env, cwd });
}

test("a résumé is read by a worker, shown as changes, and taken over when that is said", async () => {
  const added = await run("add", "cv.pdf", "--json");
  const resume = ResumeDetail.parse(JSON.parse(added.stdout));
  const shown = await run("show", resume.id);
  const accepted = await run("accept", resume.id, "--json");
  const after = await run("show", resume.id);

  expect([added.exitCode, resume.state]).toEqual([0, "ready"]);
  expect(resume.parsed?.resume.basics.email).toBe("ada.canaria@example.com");
  expect(shown.stdout).toMatch(/\+ +\/basics\/email +ada\.canaria@example\.com +page 1/);
  expect(shown.stdout).toContain("Nothing was changed.");
  expect(AcceptedChanges.parse(JSON.parse(accepted.stdout)).profile).toMatchObject({
    basics: { name: "Ada Canaria" },
    work: [{ name: "Analytical Engines Ltd", startDate: "2019-03" }],
  });
  expect(after.stdout).toContain("Your profile says all that this résumé says.");
});

test("one that cannot be read says why, exits with 1, and may be tried again", async () => {
  const added = await run("add", "scan.pdf", "--json");
  const { id, failure } = ResumeDetail.parse(JSON.parse(added.stdout));
  const again = await run("reparse", id);
  const list = await run("list");

  expect([added.exitCode, failure?.reason]).toEqual([1, "no_text"]);
  expect([again.exitCode, again.stdout]).toEqual([1, expect.stringContaining("as scans do")]);
  expect(list.stdout).toMatch(new RegExp(`${id}  scan\\.pdf +parse failed`));
});
