import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger } from "@valet/runtime";
import { testDatabase } from "@valet/testkit";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "./migrate.ts";

const directory = fileURLToPath(new URL("../migrations", import.meta.url));

/** A database as the release before 0004 left it, and the way to bring it up to date. */
async function olderDatabase() {
  const { url, drop } = await testDatabase();
  const earlier = await mkdtemp(join(tmpdir(), "valet-migrations-"));
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await drop();
    await rm(earlier, { recursive: true });
  });
  for (const file of await readdir(directory))
    if (file < "0004") await cp(join(directory, file), join(earlier, file));
  const log = createLogger({ name: "test", level: "silent" });
  const run = (from: string) =>
    migrate({ url, directory: from, log, signal: new AbortController().signal });
  await run(earlier);
  return { query: (text: string) => client.query(text), update: () => run(directory) };
}

const user = "00000000-0000-4000-8000-000000000001";
const resume = "00000000-0000-4000-8000-000000000002";
const taskId = (digit: number) => `00000000-0000-4000-8000-00000000010${digit}`;

const task = (digit: number, mode: string, finished: string) => `
  insert into tasks (id, user_id, resume_id, job_url, job_key, mode, rehearsal, platform, state, finished_at)
  values ('${taskId(digit)}', '${user}', '${resume}', 'https://a.example.com/${digit}', 'job-${digit}', '${mode}',
          false, 'generic', 'failed', ${finished})`;

const intent = (digit: number, { key, state, verdict }: Record<string, string>) => `
  insert into submission_intents (task_id, user_id, job_key, state, digest, evidence)
  values ('${taskId(digit)}', '${user}', '${key}', '${state}', 'v1:x', '{"verdict": "${verdict}"}')`;

test("what an older database holds keeps its jobs, whatever became of it there", async () => {
  const { query, update } = await olderDatabase();
  await query(`insert into users (id, name, role) values ('${user}', 'ada', 'user')`);
  await query(`
    insert into resumes (id, user_id, file_name, content_type, byte_size, sha256, storage_key, state)
    values ('${resume}', '${user}', 'cv.pdf', 'application/pdf', 1, '00', 'k', 'ready')`);
  await query(task(1, "autopilot", "null"));
  await query(task(2, "copilot", "now()"));
  await query(task(3, "autopilot", "now()"));
  for (const [digit, row] of [
    [1, { key: "job-1", state: "approved", verdict: "" }],
    [2, { key: "job-2", state: "unknown", verdict: "unknown" }],
    [2, { key: "job-2", state: "rejected", verdict: "rejected" }],
    // The old index let these be, since a rejected attempt was not live to it.
    [3, { key: "job-3", state: "rejected", verdict: "already_applied" }],
    [3, { key: "job-3", state: "rejected", verdict: "already_applied" }],
    [2, { key: "job-4", state: "rejected", verdict: "already_applied" }],
    [3, { key: "job-4", state: "confirmed", verdict: "confirmed" }],
  ] as const)
    await query(intent(digit, row));

  expect(await update()).toContain("0004_submission_guard.sql");
  const { rows: live } = await query(
    `select keys.job_key, state from intent_job_keys keys
     join submission_intents intent on intent.id = intent_id where is_live order by job_key`,
  );
  expect(live).toEqual([
    { job_key: "job-1", state: "approved" },
    { job_key: "job-2", state: "unknown" },
    { job_key: "job-3", state: "rejected" },
    { job_key: "job-4", state: "confirmed" },
  ]);
  const { rows: consents } = await query("select scope from standing_consents");
  expect(consents).toEqual([{ scope: { taskId: taskId(1) } }]);
});
