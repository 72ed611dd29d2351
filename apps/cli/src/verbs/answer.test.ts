import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "valet-answer-test-"));
  await write("profile.json", {
    application: {
      workAuthorization: [{ country: "NL", authorized: true, sponsorshipRequired: false }],
      startDate: "2028-07-03",
    },
  });
  await write("questions.json", {
    job: { company: "Quay Corp", title: "Welder", location: "Amsterdam" },
    questions: [
      {
        id: "auth",
        question: "Do you need sponsorship to work here?",
        kind: "radio",
        options: ["Yes", "No"],
        required: true,
      },
      { id: "start", question: "When can you start?", kind: "date", required: true },
      { id: "why", question: "Why us?", kind: "textarea", required: true, help: "In short" },
      { id: "site", question: "Website", kind: "url", required: false },
    ],
  });
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const write = (name: string, value: unknown) => writeFile(join(cwd, name), JSON.stringify(value));

function answer(...argv: string[]): Promise<Captured> {
  return run("--questions", "questions.json", ...argv);
}

function run(...argv: string[]): Promise<Captured> {
  return runCaptured({ argv: ["answer", ...argv], cwd, env: { VALET_STATE_DIR: cwd } });
}

test("one line of JSON with an answer for each question, without a running Valet", async () => {
  const { exitCode, stdout } = await answer(
    "--profile",
    "profile.json",
    "--json",
    "--today",
    "2028-01-01",
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  const said = { confidence: expect.any(Number), why: expect.any(String) };
  const unsaid = { ...said, value: null, source: null };
  expect(JSON.parse(stdout)).toEqual({
    answers: [
      { ...said, id: "auth", action: "answer", value: "No", source: "profile" },
      { ...said, id: "start", action: "answer", value: "2028-07-03", source: "profile" },
      { ...unsaid, id: "why", action: "ask" },
      { ...unsaid, id: "site", action: "skip" },
    ],
  });
});

test("the day decides: a start that has passed is no answer", async () => {
  const late = await answer("--profile", "profile.json", "--json", "--today", "2029-01-01");
  expect(JSON.parse(late.stdout).answers[1]).toMatchObject({ action: "ask", value: null });
});

test("people get a table", async () => {
  const { exitCode, stdout, stderr } = await answer(
    "--profile",
    "profile.json",
    "--today",
    "2028-01-01",
  );
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^question\s+action\s+answer/u);
  expect(stdout).toContain("2028-07-03");
});

const wrongTypes = [
  [{ application: { salary: { expected: "much" } } }, "/application/salary/expected"],
  [
    { application: { workAuthorization: [{ country: "Holland" }] } },
    "/application/workAuthorization/0/country",
  ],
  [{ work: [{ name: 7 }] }, "/work/0/name"],
  [{ education: {} }, "/education"],
  [[], "/: "],
] as const;

test.each(wrongTypes)(
  "a profile with a wrong type is named by its path: %j",
  async (profile, path) => {
    await write("wrong.json", profile);
    const { exitCode, stdout } = await answer("--profile", "wrong.json", "--json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "USAGE", message: expect.stringContaining(path) },
    });
  },
);

test("several files give one line each, and one that fails does not stop the others", async () => {
  const files = ["questions.json", "no-such-file.json", "questions.json"];
  const given = ["--profile", "profile.json", "--json", "--today", "2028-01-01"];
  const { exitCode, stdout } = await run(...given, "--questions", ...files);
  expect(exitCode).toBe(1);
  const lines = stdout.trim().split("\n");
  const documents = lines.map((line) => JSON.parse(line));
  expect(documents.map(({ file }) => file)).toEqual(files);
  expect(documents[0].answers).toHaveLength(4);
  expect(documents[1].error).toMatchObject({ code: "USAGE" });
  expect(documents[2]).toEqual(documents[0]);
});

test("questions that are none, a missing file and a wrong day are misuse", async () => {
  const misuses = [
    ["--questions", "profile.json", "--profile", "profile.json"],
    ["--questions", "questions.json", "--profile", "no-such-file.json"],
    ["--questions", "questions.json", "--profile", "profile.json", "--today", "2028-02-30"],
    ["--questions", "questions.json"],
    ["--profile", "profile.json"],
  ];
  for (const argv of misuses) {
    const { exitCode, stdout, stderr } = await run(...argv);
    expect([argv, exitCode, stdout]).toEqual([argv, 2, ""]);
    expect(stderr).toMatch(/^error USAGE: \S/mu);
  }
});

test("help shows an example", async () => {
  const { exitCode, stdout } = await runCaptured({ argv: ["answer", "--help"], cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Examples:\n {2}valet answer/mu);
});
