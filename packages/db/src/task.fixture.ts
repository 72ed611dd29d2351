import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { FormSnapshot, SnapshotField, TaskMessage } from "@valet/contracts";
import { createLogger } from "@valet/runtime";
import { testDatabaseCopies } from "@valet/testkit";
import { claimTask } from "./claim-task.ts";
import { type Db, connectDb } from "./connect.ts";
import { createTask } from "./create-task.ts";
import { migrate } from "./migrate.ts";
import { addResume } from "./resumes.ts";
import { enterState } from "./task-progress.ts";
import type { TaskRow } from "./task-row.ts";
import { addUser } from "./users.ts";
import { type TaskWriter, writeTask } from "./write-task.ts";

export interface TestStore {
  readonly db: Db;
  readonly url: string;
  readonly writer: TaskWriter;
  /** Every doorbell message so far. */
  readonly rung: TaskMessage[];
  /** A task of a person of its own unless one is named, already claimed by `runId` where given. */
  readonly newTask: (options?: NewTaskOptions) => Promise<TaskRow>;
  readonly newUser: () => Promise<{ userId: string; resumeId: string }>;
  readonly close: () => Promise<void>;
}

export interface NewTaskOptions {
  readonly owner?: { readonly userId: string; readonly resumeId: string };
  readonly jobKey?: string;
  readonly mode?: "copilot" | "autopilot";
  readonly repeatsIntentId?: string;
}

const log = createLogger({ name: "test", level: "silent" });
const directory = fileURLToPath(new URL("../migrations", import.meta.url));
const migratedDatabase = testDatabaseCopies((url) =>
  migrate({ url, directory, log, signal: new AbortController().signal }),
);

export async function openTestStore(): Promise<TestStore> {
  const server = await migratedDatabase();
  const database = connectDb({ url: server.url, applicationName: "test", maxConnections: 8, log });
  const { db } = database;
  const rung: TaskMessage[] = [];
  const writer: TaskWriter = { db, ring: (_, message) => void rung.push(message) };

  const newUser = async () => {
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
    return { userId, resumeId };
  };

  return {
    db,
    url: server.url,
    writer,
    rung,
    newUser,
    newTask: async ({
      owner,
      jobKey = `jobs.example.com/${randomUUID()}`,
      mode = "copilot",
      ...repeats
    } = {}) => {
      const { userId, resumeId } = owner ?? (await newUser());
      const body = { jobUrl: `https://${jobKey}`, resumeId, mode } as const;
      const { task } = await createTask(writer, {
        userId,
        body,
        jobKey,
        platform: "generic",
        ...repeats,
      });
      return task;
    },
    close: async () => {
      await database.close();
      await server.drop();
    },
  };
}

const email: SnapshotField = {
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

export function snapshotWith(value: string, jobKey: string): FormSnapshot {
  const page = {
    page: 1,
    url: "https://jobs.example.com/apply",
    target: null,
    fields: [{ ...email, value }],
  };
  return { version: 1, jobKey, pages: [page] };
}

/** As far as `start-browser` and the steps up to the review take it. */
export async function claimAndFill(
  writer: TaskWriter,
  taskId: string,
  runId: string,
): Promise<void> {
  await writeTask(writer, taskId, async (write) => {
    await claimTask(write, runId);
    enterState(write, "uploading");
  });
}
