import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestValet, startValet, testStateDir } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoProfile } from "../demo/demo-profile.ts";
import { demoResume } from "../demo/demo-resume.ts";
import { type Captured, runCaptured } from "../run-captured.ts";

let valet: TestValet;
let cwd = "";
let userKey = "";

beforeAll(async () => {
  valet = await startValet();
  cwd = testStateDir();
  await writeFile(join(cwd, "profile.json"), JSON.stringify(demoProfile));
  await writeFile(join(cwd, "cv.pdf"), demoResume());
  const added = await runAs(valet.apiKey, ["user", "add", "ada", "--json"]);
  userKey = document(added)["apiKey"] ?? "";
});
afterAll(() => valet.close());

function runAs(apiKey: string, argv: readonly string[], typed?: string): Promise<Captured> {
  const env = { VALET_STATE_DIR: cwd, VALET_API_URL: valet.apiUrl, VALET_API_KEY: apiKey };
  return runCaptured({ argv, env, cwd, ...(typed === undefined ? {} : { typed }) });
}

const run = (...argv: string[]) => runAs(userKey, argv);

/** Checks on the way that standard output is exactly one line. */
function document({ stdout }: Captured): Record<string, string> {
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout);
}

const job = (name: string) => `${valet.practiceUrl}/plain/jobs/${name}`;

test("a new user's key works, and a name can be taken once", async () => {
  expect((await run("tasks")).stdout).toContain("No applications here yet");
  const again = await runAs(valet.apiKey, ["user", "add", "ada", "--json"]);
  expect(again.exitCode).toBe(1);
  expect(document(again)).toMatchObject({ error: { code: "USER_NAME_TAKEN" } });
  const foreign = await runAs("valet_nobody", ["tasks", "--json"]);
  expect(document(foreign)).toMatchObject({ error: { code: "UNAUTHORIZED" } });
});

test("a preview tells whether a job is open, and exit code 1 that nobody can apply", async () => {
  const open = await run("preview", job("engineer-1"), "--json");
  expect(document(open)).toMatchObject({ site: "generic", liveness: "open", earlier: null });
  const shown = await run("preview", job("engineer-1"));
  expect(shown.stdout).toContain("What the form asks shows once you apply");
  const missing = await run("preview", `${valet.practiceUrl}/nowhere`, "--json");
  expect([missing.exitCode, document(missing)]).toMatchObject([1, { liveness: "missing" }]);
  const forbidding = await run("preview", "https://www.linkedin.com/jobs/view/1", "--json");
  expect(document(forbidding)).toMatchObject({ error: { code: "SITE_FORBIDS_AUTOMATION" } });
});

test("a person's limits are shown and changed, and everybody's only by an admin", async () => {
  const set = document(await run("limits", "set", "live=2", "timeZone=Europe/Oslo", "--json"));
  expect(set).toMatchObject({ own: { live: 2 }, timeZone: "Europe/Oslo" });
  expect((await run("limits")).stdout).toMatch(/open at a time +2 +0 +your own/);
  const zero = await run("limits", "set", "live=0", "--json");
  expect(zero.exitCode).toBe(2);
  expect(document(zero)).toMatchObject({
    error: { message: expect.stringMatching(/^live is at least 1/) },
  });
  const refused = await run("limits", "set", "everybody.user.live=9", "--json");
  expect(document(refused)).toMatchObject({ error: { code: "FORBIDDEN" } });
  const said = await runAs(valet.apiKey, [
    "limits",
    "set",
    "everybody.hosts.jobs.test.live=9",
    "--json",
  ]);
  expect(document(said)).toMatchObject({ saidByAdmin: { hosts: { "jobs.test": { live: 9 } } } });
  expect(document(await run("limits", "set", "live=", "--json"))).toMatchObject({ own: {} });
});

test("many runs are acted on only when it is said which, and after a look", async () => {
  expect(document(await run("runs", "list", "--json"))).toMatchObject({ runs: [] });
  for (const argv of [["cancel"], ["replay", "--all", "--state", "failed"], ["requeue", "--all"]]) {
    expect([argv, (await run("runs", ...argv)).exitCode]).toEqual([argv, 2]);
  }
  const dry = await run("runs", "cancel", "--state", "queued", "--dry-run", "--json");
  expect(document(dry)).toEqual({ dryRun: true, count: 0 });
  const none = await run("runs", "requeue", "--all", "--yes", "--json");
  expect([none.exitCode, document(none)]).toEqual([0, { count: 0, results: [] }]);
  const unknown = await run("runs", "cancel", "nonsense", "--json");
  const results = [{ id: "nonsense", code: "NOT_FOUND" }];
  expect([unknown.exitCode, document(unknown)]).toEqual([1, { count: 0, results }]);
});

test("keys are made with a scope, listed without themselves, rotated and revoked", async () => {
  const unscoped = await run("keys", "add", "laptop", "--json");
  expect(unscoped.exitCode).toBe(2);
  expect((await run("keys", "add", "laptop", "--scopes", "everything")).exitCode).toBe(2);
  const added = document(await run("keys", "add", "laptop", "--scopes", "read,apply", "--json"));
  const { id = "", apiKey = "" } = added;
  expect(added).toMatchObject({ name: "laptop", scopes: ["read", "apply"], expiresAt: null });
  const refused = await runAs(apiKey, ["keys", "--json"]);
  expect([refused.exitCode, document(refused)]).toMatchObject([
    1,
    { error: { code: "FORBIDDEN" } },
  ]);
  const rotated = document(await run("keys", "rotate", id, "--overlap", "0", "--json"));
  expect(document(await runAs(apiKey, ["tasks", "--json"]))).toHaveProperty("error");
  expect((await runAs(rotated["apiKey"] ?? "", ["tasks"])).exitCode).toBe(0);
  const listed = await run("keys");
  expect(listed.stdout).toContain(`valet_${rotated["hint"]}…`);
  expect(listed.stdout).not.toContain(rotated["apiKey"]);
  expect((await run("keys", "revoke", rotated["id"] ?? "")).exitCode).toBe(0);
  expect((await runAs(rotated["apiKey"] ?? "", ["tasks"])).exitCode).toBe(1);
  const unknown = await run("keys", "revoke", "nonsense", "--json");
  expect(document(unknown)).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("the profile that was set is the one that is shown", async () => {
  expect((await run("profile", "set", "profile.json")).exitCode).toBe(0);
  expect(document(await run("profile", "show", "--json"))).toEqual(demoProfile);
});

test("a job URL that cannot be meant is refused before anything starts", async () => {
  const refused = await run("apply", "file:///etc/passwd", "--resume", "cv.pdf", "--json");
  expect(refused.exitCode).toBe(1);
  expect(document(refused)).toMatchObject({ error: { code: expect.stringMatching(/^JOB_URL_/) } });
  expect(document(await run("tasks", "--json"))).toMatchObject({ tasks: [] });
});

test("copilot: apply stops with 3, the review is shown, approved as shown, and watch ends with 0", async () => {
  const files = ["--resume", "cv.pdf", "--profile", "profile.json"];
  const applied = await run("apply", job("engineer-1"), ...files, "--json");
  expect(applied.exitCode).toBe(3);
  const { taskId = "" } = document(applied);
  expect(document(applied)).toMatchObject({ state: "awaiting_review" });

  const unasked = await run("approve", taskId);
  expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining("--yes")]);
  expect(unasked.stdout).toContain("ada@example.com");
  const unknown = await run("approve", taskId, "--set", "nothing=1", "--yes");
  expect(unknown.exitCode).toBe(2);
  const stale = await run("approve", taskId, "--digest", "other", "--json");
  expect(document(stale)).toMatchObject({ error: { code: "STALE_REVIEW" } });
  const declined = await runAs(userKey, ["approve", taskId], "n\n");
  expect(declined.exitCode).toBe(3);
  expect(await valet.submits("engineer-1")).toHaveLength(0);

  expect((await runAs(userKey, ["approve", taskId], "y\n")).exitCode).toBe(0);
  const watched = await run("watch", taskId, "--json");
  expect(watched.exitCode).toBe(0);
  expect(document(watched)).toMatchObject({ state: "completed", outcome: "confirmed" });
  expect(watched.stderr).toContain("verify");
  expect(await valet.submits("engineer-1")).toHaveLength(1);

  const shown = await run("runs", taskId);
  expect([shown.exitCode, shown.stdout]).toEqual([0, expect.stringMatching(/dispatch +succeeded/)]);
  expect(document(await run("runs", taskId, "--json"))).toMatchObject({ taskId, epoch: 1 });
  expect((await run("runs", "--outcome", "confirmed")).stdout).toContain(taskId);
  expect((await run("runs", "--state", "failed")).stdout).toContain("No runs here");
  expect((await run("runs", "--since", "yesterday")).exitCode).toBe(2);
  const nobodys = await run("runs", "4d3c2b1a-0000-4000-8000-000000000000", "--json");
  expect([nobodys.exitCode, document(nobodys)]).toMatchObject([
    1,
    { error: { code: "NOT_FOUND" } },
  ]);

  const late = await run("cancel", taskId, "--json");
  expect([late.exitCode, document(late)]).toEqual([1, { error: expect.any(Object) }]);
  const twice = await run("approve", taskId, "--yes", "--json");
  expect(document(twice)).toMatchObject({ error: { code: "NO_OPEN_REVIEW" } });
});

test("an application for later is stored, says when it starts, and leaves the terminal", async () => {
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const later = ["--resume", "cv.pdf", "--run-at", inAMonth, "--priority", "high"];
  const applied = await run("apply", job("engineer-61"), ...later, "--json");
  expect(applied.exitCode).toBe(0);
  const { taskId = "" } = document(applied);
  expect(document(applied)).toMatchObject({ runAt: inAMonth, window: null });
  expect((await run("cancel", taskId)).exitCode).toBe(0);
  const refused = await run("apply", job("engineer-62"), "--resume", "cv.pdf", "--window", "9-17");
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("09:00-17:30")]);
});

test("an application that waits can be cancelled, and watching it then exits 1", async () => {
  const applied = await run("apply", job("engineer-2"), "--resume", "cv.pdf", "--json");
  const { taskId = "" } = document(applied);
  const admin = (...argv: string[]) => runAs(valet.apiKey, argv);
  const { sessions, hosts } = JSON.parse((await admin("sessions", "--json")).stdout);
  expect(sessions).toContainEqual(
    expect.objectContaining({ taskId, taskState: "awaiting_review", hostUrl: hosts[0].url }),
  );
  expect((await admin("sessions")).stdout).toContain(taskId);
  expect(document(await run("sessions", "--json"))).toMatchObject({ error: { code: "FORBIDDEN" } });
  const cancelled = await run("cancel", taskId, "--json");
  expect([cancelled.exitCode, document(cancelled)]).toEqual([
    0,
    { taskId, state: "cancelled", outcome: "not_submitted" },
  ]);
  expect((await run("watch", taskId)).exitCode).toBe(1);
  expect((await run("tasks")).stdout).toContain("cancelled");

  const stated = await run("resolve", taskId, "--outcome", "not_submitted", "--json");
  expect([stated.exitCode, document(stated)]).toMatchObject([
    1,
    { error: { code: "CONTRADICTS_EVIDENCE" } },
  ]);
  const again = await run("retry", taskId, "--json");
  expect([again.exitCode, document(again)]).toMatchObject([0, { retryOf: taskId }]);
  const twice = await run("retry", taskId, "--json");
  expect([twice.exitCode, document(twice)]).toMatchObject([
    1,
    { error: { code: "TASK_IN_PROGRESS" } },
  ]);
  expect((await run("cancel", document(again)["taskId"] ?? "")).exitCode).toBe(0);
});

test("of an application that was sent without proof the person has the last word", async () => {
  const autopilot = ["--resume", "cv.pdf", "--autopilot", "--json"];
  const applied = await run("apply", job("engineer-soft-error-3"), ...autopilot);
  const { taskId = "" } = document(applied);
  expect(document(applied)).toMatchObject({ outcome: "unconfirmed" });
  const refused = await run("retry", taskId, "--json");
  expect(document(refused)).toMatchObject({ error: { code: "OUTCOME_UNKNOWN" } });
  const unasked = await run("resolve", taskId, "--resubmit", "--json");
  expect(document(unasked)).toMatchObject({ error: { code: "DUPLICATE_RISK" } });
  const resolved = await run("resolve", taskId, "--outcome", "confirmed", "--json");
  expect([resolved.exitCode, document(resolved)]).toEqual([
    0,
    { taskId, state: "completed", outcome: "confirmed", resubmittedAs: null },
  ]);
  expect((await run("watch", taskId)).exitCode).toBe(0);
  expect(await valet.submits("engineer-soft-error-3")).toHaveLength(1);
});

test("somebody else's application is as unknown as one that never was", async () => {
  const { tasks } = JSON.parse((await run("tasks", "--json")).stdout);
  const foreign = await runAs(valet.apiKey, ["watch", String(tasks[0].id), "--json"]);
  expect([foreign.exitCode, document(foreign)]).toMatchObject([
    1,
    { error: { code: "NOT_FOUND" } },
  ]);
});
