import { fileURLToPath } from "node:url";
import type { SnapshotField, SnapshotPage } from "@valet/contracts";
import {
  type Database,
  type TaskPage,
  type TaskRow,
  type TaskWriter,
  addResume,
  addUser,
  claimTask,
  connectDb,
  createTask,
  enterState,
  findIntent,
  findOpenHumanStep,
  getTask,
  listLiveIntents,
  migrate,
  writeTask,
} from "@valet/db";
import { createLogger } from "@valet/runtime";
import { type TestDatabase, testDatabase } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareReview } from "./upload-resume.ts";

let server: TestDatabase;
let database: Database;
let writer: TaskWriter;

beforeAll(async () => {
  server = await testDatabase();
  const log = createLogger({ name: "test", level: "silent" });
  const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
  await migrate({ url: server.url, directory, log, signal: new AbortController().signal });
  database = connectDb({ url: server.url, applicationName: "test", maxConnections: 4, log });
  writer = { db: database.db, ring: () => {} };
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const field: SnapshotField = {
  id: "email",
  label: "Email",
  kind: "email",
  meaning: "email",
  required: true,
  visible: true,
  value: "ada@example.com",
  source: "profile",
  confidence: 1,
};

function pageAt(url: string): TaskPage {
  const snapshot: SnapshotPage = { page: 1, url, target: null, fields: [field] };
  return { page: 1, signature: "s", isLast: true, wasLeft: false, plan: [], snapshot };
}

async function filledTask(): Promise<TaskRow> {
  const { db } = writer;
  const { id: userId } = await addUser(db, { name: `u-${crypto.randomUUID()}`, role: "user" });
  const resumeId = crypto.randomUUID();
  const file = { fileName: "cv.pdf", contentType: "application/pdf", byteSize: 1, sha256: "00" };
  await addResume(db, { id: resumeId, userId, ...file, storageKey: `resumes/${resumeId}` });
  const { task } = await createTask(writer, {
    userId,
    body: { jobUrl: "https://careers.example.com/7", resumeId, mode: "autopilot" },
    jobKey: "careers.example.com/7",
    platform: "generic",
  });
  await writeTask(writer, task.id, async (write) => {
    await claimTask(write, "run-1");
    enterState(write, "uploading");
  });
  return getTask(db, { id: task.id });
}

function prepare({ id: taskId }: TaskRow, url = "https://careers.example.com/7/apply") {
  const deps = { writer, publicUrl: "https://valet.example.com" };
  return prepareReview(deps, { runId: "run-1", taskId, pages: [pageAt(url)] });
}

const consentsOf = ({ userId }: TaskRow) =>
  writer.db.updateTable("standingConsents").where("userId", "=", userId);

test("autopilot goes on by the consent that came with the task", async () => {
  const task = await filledTask();
  expect(await prepare(task)).toMatchObject({ kind: "ready", stepId: null });
  expect(await findIntent(writer.db, task.id)).toMatchObject({ state: "approved" });
});

test("autopilot whose consent was withdrawn waits for the person, and says why", async () => {
  const task = await filledTask();
  await consentsOf(task).set({ revokedAt: new Date() }).execute();
  expect(await prepare(task)).toMatchObject({ kind: "ready", stepId: expect.any(String) });
  expect(await findOpenHumanStep(writer.db, task.id)).toMatchObject({
    kind: "review",
    reason: expect.stringContaining("withdrawn"),
  });
  expect(await findIntent(writer.db, task.id)).toMatchObject({ state: "prepared" });
});

test("autopilot beyond its daily cap waits for the person, and says why", async () => {
  const task = await filledTask();
  await consentsOf(task).set({ dailyCap: 1 }).execute();
  const { userId } = task;
  await writer.db
    .insertInto("approvals")
    .values({
      taskId: task.id,
      userId,
      mode: "autopilot",
      digest: "v1:x",
      expiresAt: new Date(),
      consumedAt: new Date(),
    })
    .execute();
  expect(await prepare(task)).toMatchObject({ kind: "ready", stepId: expect.any(String) });
  expect(await findOpenHumanStep(writer.db, task.id)).toMatchObject({
    reason: expect.stringContaining("in a day"),
  });
});

test("an employer's own page holds the job of the system that it leads to as well", async () => {
  const task = await filledTask();
  await prepare(task, "https://job-boards.greenhouse.io/northwind/jobs/4001");
  const { userId } = task;
  for (const jobKey of ["careers.example.com/7", "greenhouse:4001"])
    expect(await listLiveIntents(writer.db, { userId, jobKeys: [jobKey] })).toHaveLength(1);
});
