import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Database, addResume, addUser, connectDb, createTask, migrate } from "@valet/db";
import { testDatabaseCopies } from "@valet/testkit";
import { quietLog as log } from "./test-host.fixture.ts";

/** Whose browser it is. */
export interface TestTask {
  readonly taskId: string;
  readonly userId: string;
}

export interface TaskStore {
  readonly database: Database;
  readonly url: string;
  /** A task of a person of its own. */
  newTask(): Promise<TestTask>;
  /** As if it had been cancelled. */
  endTask(task: TestTask): Promise<void>;
  close(): Promise<void>;
}

const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
const migratedDatabase = testDatabaseCopies((url) =>
  migrate({ url, directory, log, signal: new AbortController().signal }),
);

export async function openTaskStore(): Promise<TaskStore> {
  const server = await migratedDatabase();
  const database = connectDb({
    url: server.url,
    applicationName: "test",
    maxConnections: 8,
    log,
  });
  const { db } = database;
  return {
    database,
    url: server.url,
    async newTask() {
      const { id: userId } = await addUser(db, { name: `u-${randomUUID()}`, role: "user" });
      const resumeId = randomUUID();
      await addResume(db, {
        id: resumeId,
        userId,
        fileName: "cv.pdf",
        contentType: "application/pdf",
        byteSize: 1,
        sha256: "00",
        storageKey: `resumes/${resumeId}`,
      });
      const jobKey = `jobs.example.com/${randomUUID()}`;
      const body = { jobUrl: `https://${jobKey}`, resumeId, mode: "copilot" } as const;
      const writer = { db, ring: () => undefined };
      const { task } = await createTask(writer, { userId, body, jobKey, platform: "generic" });
      return { taskId: task.id, userId };
    },
    async endTask({ taskId }) {
      await db
        .updateTable("tasks")
        .set({ finishedAt: new Date() })
        .where("id", "=", taskId)
        .execute();
    },
    async close() {
      await database.close();
      await server.drop();
    },
  };
}
