import { randomUUID } from "node:crypto";
import {
  type ResumeRow,
  findResume,
  keepParse,
  receiveResume,
  recordParseRun,
  settleParse,
} from "@valet/db";
import type { EngineRunState } from "@valet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, openApiFixture } from "./api.fixture.ts";
import { tendParses } from "./tend-parses.ts";

let api: ApiFixture;
beforeAll(async () => void (api = await openApiFixture()));
afterAll(() => api.close());

const { signal } = new AbortController();

/** A résumé whose parse the engine has begun. */
async function begun(): Promise<ResumeRow> {
  const { id: userId } = await api.addPerson();
  const row = await receiveResume(api.writer, {
    id: randomUUID(),
    userId,
    fileName: "cv.pdf",
    contentType: "application/pdf",
    byteSize: 1,
    sha256: "00",
    storageKey: `resumes/${userId}/00`,
  });
  await recordParseRun(api.db, { resumeId: row.id, epoch: 1, runId: `run-${row.id}` });
  return row;
}

function tend(run: EngineRunState, patienceMs = 0): Promise<void> {
  const jobs = { runState: () => Promise.resolve(run) };
  const { writer, deps } = api;
  return tendParses({ writer, jobs, kickRelay: deps.kickRelay, log: deps.log, patienceMs }, signal);
}

async function now({ id, userId }: ResumeRow): Promise<ResumeRow | undefined> {
  return findResume(api.db, { id, userId });
}

test.each(["queued", "running", "unreachable"] as const)(
  "a parse whose run is %s goes on",
  async (run) => {
    const row = await begun();
    await tend(run);

    expect(await now(row)).toMatchObject({ parseEpoch: 1, state: "parsing" });
  },
);

test("a parse whose run was lost is asked for again, and given up in the end", async () => {
  const row = await begun();
  for (let epoch = 2; epoch <= 4; epoch += 1) {
    await tend("failed");
    expect(await now(row)).toMatchObject({ parseEpoch: epoch, state: "parsing" });
    await recordParseRun(api.db, { resumeId: row.id, epoch, runId: `run-${row.id}-${epoch}` });
  }
  await tend("unknown");

  expect(await now(row)).toMatchObject({ state: "parse_failed", failure: "unavailable" });
});

test("one that has just been asked for is left alone", async () => {
  const row = await begun();
  await tend("failed", 60_000);

  expect(await now(row)).toMatchObject({ parseEpoch: 1, state: "parsing" });
});

test("an application that nobody let go is let go", async () => {
  const row = await begun();
  const task = await api.addTask(row.userId, { resumeId: row.id });
  const tried = { resumeId: row.id, epoch: 1 };
  const source = { paragraph: 1, text: "Ada", confidence: 1 };
  const parsed = { resume: { basics: { name: "Ada" } }, sources: { "/basics/name": source } };
  await keepParse(api.db, tried, { parsed, isRefined: false });
  await settleParse(api.writer, tried);
  await tend("running");
  const { state } = await api.db
    .selectFrom("tasks")
    .select("state")
    .where("id", "=", task.id)
    .executeTakeFirstOrThrow();

  expect([task.state, state]).toEqual(["created", "queued"]);
});
