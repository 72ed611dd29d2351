import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type Database,
  addResume,
  addUser,
  connectDb,
  createBatch,
  getBatch,
  listBatchJobs,
  listUnfinishedOfBatch,
  migrate,
} from "@valet/db";
import { createLogger } from "@valet/runtime";
import { testDatabase } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWave } from "./start-wave.ts";

const { signal } = new AbortController();
let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const server = await testDatabase();
  const log = createLogger({ name: "test", level: "silent" });
  const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
  await migrate({ url: server.url, directory, log, signal });
  database = connectDb({ url: server.url, applicationName: "test", maxConnections: 8, log });
  drop = server.drop;
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});

async function newBatch(jobs: number): Promise<string> {
  const { db } = database;
  const { id: userId } = await addUser(db, { name: randomUUID(), role: "user" });
  const resumeId = randomUUID();
  await addResume(db, {
    id: resumeId,
    userId,
    fileName: "cv.pdf",
    contentType: "application/pdf",
    byteSize: 1,
    sha256: "00",
    storageKey: resumeId,
  });
  const lines = Array.from({ length: jobs }, () => {
    const jobKey = `jobs.test/${randomUUID()}`;
    const jobUrl = `https://${jobKey}`;
    return { kind: "job" as const, jobKey, jobUrl, platform: "generic", answers: [] };
  });
  const body = { resumeId, mode: "autopilot", start: "now" } as const;
  return (await createBatch(db, { userId, body, lines })).batch.id;
}

function run(batchId: string, wave = 1, checkpoint = async () => {}) {
  const { db } = database;
  const writer = { db, ring: () => {} };
  return startWave({ db, writer, checkpoint }, { batchId, epoch: 1, wave }, signal);
}

/** Dies at the n-th point that it comes to. */
function dyingAt(visit: number): () => Promise<void> {
  let visits = 0;
  return async () => {
    visits += 1;
    if (visits === visit) throw new Error("died");
  };
}

async function madeOf(batchId: string): Promise<(string | undefined)[]> {
  const jobs = await listBatchJobs(database.db, { batchId, after: 0, limit: 500 });
  return jobs.map(({ task }) => task?.id);
}

// For each of the three jobs before and after, and at its end.
test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "a wave that dies at its point %i and runs again makes each application once",
  async (visit) => {
    const batchId = await newBatch(3);
    await expect(run(batchId, 1, dyingAt(visit))).rejects.toThrow("died");
    expect(await run(batchId)).toMatchObject({ over: false });
    const made = await madeOf(batchId);
    expect(new Set(made).size).toBe(3);
    expect(new Set(await listUnfinishedOfBatch(database.db, batchId))).toEqual(new Set(made));
  },
);

test("the same wave run twice at once, and an older one beside a newer, make each application once", async () => {
  const batchId = await newBatch(12);
  const results = await Promise.all([run(batchId, 2), run(batchId, 2), run(batchId, 1)]);
  expect(results.reduce((sum, { made }) => sum + made, 0)).toBe(12);
  expect((await listUnfinishedOfBatch(database.db, batchId)).length).toBe(12);
  expect(await getBatch(database.db, { id: batchId })).toMatchObject({ wave: 2 });
});
