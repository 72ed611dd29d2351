import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestValet, resumePdf, startValet, testStateDir } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let valet: TestValet;
let cwd = "";
beforeAll(async () => {
  valet = await startValet({ workers: 0, env: { VALET_ALLOW_PRIVATE: "127.0.0.1:9" } });
  cwd = testStateDir();
  await writeFile(join(cwd, "cv.pdf"), resumePdf());
  await writeFile(join(cwd, "jobs.txt"), "# mine\nhttp://127.0.0.1:9/jobs/2\n\n");
});
afterAll(() => valet?.close());

const run = (...argv: string[]): Promise<Captured> => {
  const env = { VALET_STATE_DIR: cwd, VALET_API_URL: valet.apiUrl, VALET_API_KEY: valet.apiKey };
  return runCaptured({ argv: ["schedule", ...argv], env, cwd });
};

function document({ stdout }: Captured) {
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout);
}

const add = ["add", "http://127.0.0.1:9/jobs/1", "--name", "mornings", "--resume", "cv.pdf"];

test("a schedule is added, listed, moved, paused, resumed and deleted", async () => {
  expect((await run("list")).stdout).toContain("No schedules yet");
  const times = ["--cron", "30 9 * * mon-fri", "--per-run", "1", "--time-zone", "Europe/Oslo"];
  const added = document(await run(...add, "--jobs", "jobs.txt", ...times, "--json"));
  expect(added).toMatchObject({ perRun: 1, counts: { waiting: 2 }, timeZone: "Europe/Oslo" });
  const { id } = added;
  expect((await run("list")).stdout).toMatch(/mornings.*2 waiting.*30 9 \* \* mon-fri/);
  expect((await run("show", id)).stdout).toContain("http://127.0.0.1:9/jobs/2");
  const moved = document(await run("move", id, "--cron", "0 18 * * *", "--json"));
  expect(moved.nextAt).toMatch(/T18:00:00\+0[12]:00$/);
  expect((await run("pause", id)).stdout).toContain("never while it is paused");
  expect((await run("resume", id)).stdout).toContain("is active");
  expect(document(await run("delete", id, "--json"))).toEqual({ deleted: true });
  expect(document(await run("show", id, "--json"))).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("what cannot be is said before anything is stored, or by the server with the field", async () => {
  const nothing = await run("move", "4d3c2b1a-0000-4000-8000-000000000000");
  const never = await run(...add);
  const both = await run(...add, "--cron", "0 9 * * *", "--at", "2026-11-24T20:00:00Z");
  const none = await run("add", "--name", "n", "--resume", "cv.pdf", "--cron", "0 9 * * *");
  expect([nothing, never, both, none].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
  const nonsense = await run(...add, "--cron", "0 25 * * *");
  expect([nonsense.exitCode, nonsense.stderr]).toEqual([
    1,
    expect.stringContaining('says "25" for the hour'),
  ]);
});
