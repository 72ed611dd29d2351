import { randomUUID } from "node:crypto";
import { type NewUser, addEvidence, personTables, putProfile, tablesNotGiven } from "@valet/db";
import type { ApiFixture } from "../api.fixture.ts";

const { signal } = new AbortController();

/** A person of whom every table and the store hold values of their own, each with its canary. Tests only. */
export interface HeldPerson {
  readonly person: NewUser;
  readonly taskId: string;
  /** What to look for. */
  readonly canaries: readonly string[];
}

/** With an application that was sent, and is at its end unless told otherwise. */
export async function holdPerson(api: ApiFixture, isEnded = true): Promise<HeldPerson> {
  const { db, store } = api;
  const mark = randomUUID().slice(0, 8);
  const canaries: string[] = [];
  const canary = (): string => {
    canaries.push(`canary-${mark}-${canaries.length}-end`);
    return canaries.at(-1) ?? "";
  };
  const json = () => JSON.stringify({ value: canary(), [canary()]: [{ deep: canary() }] });
  const person = await api.addPerson();
  const userId = person.id;
  await db.updateTable("users").set({ name: canary() }).where("id", "=", userId).execute();
  await putProfile(db, userId, {
    basics: { name: canary(), email: `${canary()}@example.com`, phone: canary() },
    application: { salary: { expected: 1, currency: canary() } },
  });
  const task = await api.addTask(userId);
  const taskId = task.id;
  const of = { taskId, userId };
  await db
    .updateTable("tasks")
    .set({
      jobUrl: `https://${canary()}.test`,
      jobKey: canary(),
      message: canary(),
      idempotencyKey: canary(),
      ...(isEnded ? { state: "completed", outcome: "confirmed", finishedAt: new Date() } : {}),
    })
    .where("id", "=", taskId)
    .execute();
  await db.updateTable("outbox").set({ sentAt: new Date() }).where("taskId", "=", taskId).execute();
  const message = { kind: "cancel_run", runId: canary() };
  await db
    .insertInto("outbox")
    .values({ taskId, message: JSON.stringify(message), lastError: canary(), sentAt: new Date() })
    .execute();
  const { id: apiKeyId } = await db
    .selectFrom("apiKeys")
    .select("id")
    .where("userId", "=", userId)
    .executeTakeFirstOrThrow();
  const soon = new Date(Date.now() + 60_000);
  await db
    .insertInto("loginSessions")
    .values({ tokenHash: canary(), apiKeyId, userId, expiresAt: soon })
    .execute();
  await db
    .insertInto("streamTickets")
    .values({ ticketHash: canary(), userId, apiKeyId, origin: canary(), expiresAt: soon })
    .execute();
  await db
    .insertInto("keptAnswers")
    .values({
      userId,
      key: canary(),
      requestHash: canary(),
      tryId: randomUUID(),
      status: 200,
      body: canary(),
    })
    .execute();
  const hook = await db
    .insertInto("webhooks")
    .values({ userId, url: `https://${canary()}.test/`, secret: canary() })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("taskEvents")
    .values({ taskId, userId, seq: 90, epoch: 1, type: "failed", data: failed(canary()) })
    .execute();
  await db
    .updateTable("webhookDeliveries")
    .set({ lastError: canary() })
    .where("webhookId", "=", hook.id)
    .execute();
  await db
    .updateTable("notices")
    .set({ lastError: canary() })
    .where("taskId", "=", taskId)
    .execute();
  await db.insertInto("taskRuns").values({ runId: canary(), taskId, epoch: 1 }).execute();
  await db
    .insertInto("stepRuns")
    .values({ taskId, runId: canary(), step: "s", attempt: 1, workerId: canary() })
    .execute();
  await db
    .insertInto("taskPages")
    .values({
      taskId,
      epoch: 1,
      page: 1,
      signature: "s",
      isLast: true,
      plan: json(),
      snapshot: json(),
    })
    .execute();
  await db
    .insertInto("taskAnswers")
    .values({ taskId, fieldId: "f", question: canary(), answer: json() })
    .execute();
  const step = await db
    .insertInto("humanSteps")
    .values({
      taskId,
      kind: "question",
      state: "done",
      reason: canary(),
      code: canary(),
      questions: json(),
      expiresAt: new Date(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("reviews")
    .values({ stepId: step.id, taskId, digest: "d", snapshot: json() })
    .execute();
  const consent = await db
    .insertInto("standingConsents")
    .values({ userId, version: 1, scope: json() })
    .returning("id")
    .executeTakeFirstOrThrow();
  const approval = await db
    .insertInto("approvals")
    .values({
      ...of,
      stepId: step.id,
      mode: "copilot",
      digest: "d",
      overrides: json(),
      expiresAt: new Date(),
      consentId: consent.id,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("submissionIntents")
    .values({
      ...of,
      jobKey: canary(),
      state: "confirmed",
      digest: `sha256:${"a".repeat(64)}`,
      requestDigest: "b".repeat(64),
      approvalId: approval.id,
      evidence: json(),
      response: json(),
      dispatchedAt: new Date(),
      decidedAt: new Date(),
    })
    .execute();
  const session = await db
    .insertInto("browserSessions")
    .values({
      id: randomUUID(),
      ...of,
      hostId: "gone:1-1-1",
      hostUrl: "http://h.test",
      state: "lost",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("takeoverTickets")
    .values({
      ...of,
      sessionId: session.id,
      ticketHash: canary(),
      mode: "view",
      origin: `https://${canary()}.test`,
      expiresAt: new Date(),
    })
    .execute();
  const storageKey = `hibernations/${taskId}/1.json`;
  await db
    .insertInto("hibernations")
    .values({
      taskId,
      epoch: 1,
      sessionId: canary(),
      storageKey,
      byteSize: 1,
      digest: "d",
      page: 1,
      url: canary(),
    })
    .execute();
  const put = async (key: string, contentType: string) => {
    const body = Buffer.from(`%PDF ${canary()}`);
    return store.put({ key, body, contentType }, signal);
  };
  await put(storageKey, "application/json");
  // Put before its row was written, by a process that died.
  await put(`evidence/${taskId}/never-recorded.jpg`, "image/jpeg");
  for (const [kind, name] of [
    ["screenshot_failure", "failure.jpg"],
    ["receipt", "receipt.json"],
  ] as const) {
    const { key, sha256 } = await put(`evidence/${taskId}/${name}`, "application/json");
    await addEvidence(db, {
      taskId,
      kind,
      storageKey: key,
      contentType: "application/json",
      sha256,
    });
  }
  const [resume] = await db
    .selectFrom("resumes")
    .selectAll()
    .where("userId", "=", userId)
    .execute();
  await put(resume?.storageKey ?? "", "application/pdf");
  const resumeId = resume?.id ?? "";
  await db
    .updateTable("resumes")
    .set({ fileName: `${canary()}.pdf` })
    .where("userId", "=", userId)
    .execute();
  await db
    .insertInto("resumeParses")
    .values({ resumeId, epoch: 1, userId, parsed: json() })
    .execute();
  await db
    .insertInto("modelCalls")
    .values({
      id: randomUUID(),
      ...of,
      purpose: "meanings",
      model: canary(),
      reservedMicrodollars: 1,
    })
    .execute();
  await db.insertInto("personLimits").values({ userId, timeZone: canary() }).execute();
  const schedule = await db
    .insertInto("schedules")
    .values({
      userId,
      name: canary(),
      resumeId,
      mode: "copilot",
      cron: canary(),
      timeZone: canary(),
      nextAt: new Date(Date.now() + 86_400_000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("scheduleJobs")
    .values({
      scheduleId: schedule.id,
      place: 1,
      userId,
      jobUrl: canary(),
      jobKey: canary(),
      platform: "generic",
      state: "skipped",
      code: "TASK_IN_PROGRESS",
      message: canary(),
      aboutTaskId: taskId,
    })
    .execute();
  const batch = await db
    .insertInto("batches")
    .values({
      userId,
      resumeId,
      state: "done",
      mode: "copilot",
      rehearsal: false,
      priority: 1,
      requestHash: canary(),
      idempotencyKey: canary(),
      runId: canary(),
      waitLimits: json(),
      answers: json(),
      questions: json(),
      finishedAt: new Date(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("batchJobs")
    .values({
      batchId: batch.id,
      line: 1,
      userId,
      jobUrl: `https://${canary()}.test`,
      jobKey: canary(),
      platform: canary(),
      employer: canary(),
      state: "started",
      taskId,
      code: canary(),
      answers: json(),
      asks: json(),
    })
    .execute();
  await db
    .insertInto("resumeEvents")
    .values({ resumeId, seq: 90, epoch: 1, userId, type: "resume_state", data: json() })
    .execute();
  return { person: { ...person, name: canaries[0] ?? "" }, taskId, canaries };
}

/** Every row of every table, as text, by table. */
export async function dumpTables({
  db,
}: Pick<ApiFixture, "db">): Promise<ReadonlyMap<string, string>> {
  const names = [...personTables.map(({ name }) => name), ...Object.keys(tablesNotGiven)];
  const dumps = new Map<string, string>();
  for (const name of names) {
    if (name === "schema_migrations") continue;
    const table = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    // Any of the tables; what the rows are made of is not looked at.
    const rows = await db
      .selectFrom(table as "users")
      .selectAll()
      .execute();
    dumps.set(name, JSON.stringify(rows));
  }
  return dumps;
}

/** The tables that hold any of these words, and those of the words that some table holds. */
export async function findInTables(api: Pick<ApiFixture, "db">, words: readonly string[]) {
  const dumps = [...(await dumpTables(api))];
  return {
    tables: dumps
      .filter(([, text]) => words.some((word) => text.includes(word)))
      .map(([name]) => name),
    words: words.filter((word) => dumps.some(([, text]) => text.includes(word))),
  };
}

function failed(message: string): string {
  return JSON.stringify({ code: "STEP_FAILED", message, outcome: "not_submitted" });
}
