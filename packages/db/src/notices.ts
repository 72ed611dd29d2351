import { TaskEvent } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import type { Db, Querier } from "./connect.ts";
import { getProfile } from "./profiles.ts";
import type { Notices } from "./schema.gen.ts";
import { type TaskRow, getTask } from "./task-row.ts";
import type { WebhookRow } from "./webhooks.ts";

/** Something that a person is to be told outside Valet. */
export type Notice = {
  /** The same however often it is tried, so that a receiver can tell a repetition. */
  readonly id: string;
  /** Of the person's profile; undefined where they stored none. */
  readonly email: string | undefined;
} & NoticeAbout;

export type NoticeAbout =
  | {
      readonly about: "application";
      readonly task: TaskRow;
      readonly event: Extract<TaskEvent, { type: "human_needed" | "completed" | "failed" }>;
    }
  /** It was switched off. */
  | { readonly about: "webhook"; readonly webhook: WebhookRow };

/** Pauses grow from two seconds to ten minutes; after the last try it is given up. */
const mostTries = 12;
const longestPauseSeconds = 600;

/**
 * Tells the oldest notice that is due, and forgets it. It stays locked meanwhile, so several processes share
 * the work; one that dies gives it back. It may be told twice, and what needs nobody any more is not told.
 */
export async function relayNotice(
  db: Db,
  tell: (notice: Notice) => Promise<void>,
): Promise<"idle" | "told" | "dropped" | "failed"> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("notices")
      .selectAll()
      .where("availableAt", "<=", sql<Date>`now()`)
      .orderBy("createdAt")
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return "idle";
    const { id, attempts } = row;
    const forget = () => trx.deleteFrom("notices").where("id", "=", id).execute();
    const found = await findAbout(trx, row);
    if (found === undefined || (await isBeingErased(trx, found.userId))) {
      await forget();
      return "dropped";
    }
    const { basics } = await getProfile(trx, found.userId);
    const failure = await tell({ id, email: basics?.email, ...found.about }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.name : "unknown"),
    );
    if (failure === undefined) {
      await forget();
      return "told";
    }
    if (attempts + 1 >= mostTries) {
      await forget();
      return "failed";
    }
    const pause = Math.min(longestPauseSeconds, 2 * 2 ** attempts);
    await trx
      .updateTable("notices")
      .set({
        attempts: attempts + 1,
        lastError: failure,
        availableAt: sql`now() + make_interval(secs => ${pause})`,
      })
      .where("id", "=", id)
      .execute();
    return "failed";
  });
}

interface Found {
  readonly userId: string;
  readonly about: NoticeAbout;
}

/** Undefined when it needs nobody any more. */
async function findAbout(
  trx: Querier,
  { taskId, seq, webhookId }: Pick<Selectable<Notices>, "taskId" | "seq" | "webhookId">,
): Promise<Found | undefined> {
  if (webhookId !== null) {
    const webhook = await trx
      .selectFrom("webhooks")
      .selectAll()
      .where("id", "=", webhookId)
      .executeTakeFirst();
    if (webhook === undefined || webhook.disabledAt === null) return undefined;
    return { userId: webhook.userId, about: { about: "webhook", webhook } };
  }
  if (taskId === null || seq === null) return undefined;
  const stored = await trx
    .selectFrom("taskEvents")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("seq", "=", seq)
    .executeTakeFirstOrThrow();
  const event = TaskEvent.parse({ ...stored, at: stored.at.toISOString() });
  if (!isTold(event)) return undefined;
  if (event.type === "human_needed" && !(await isOpen(trx, event.data.stepId))) return undefined;
  const task = await getTask(trx, { id: taskId });
  return { userId: task.userId, about: { about: "application", task, event } };
}

function isTold(
  event: TaskEvent,
): event is Extract<NoticeAbout, { about: "application" }>["event"] {
  return event.type === "human_needed" || event.type === "completed" || event.type === "failed";
}

/** Somebody who wants to be forgotten is not written to. */
async function isBeingErased(db: Querier, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom("users")
    .select("erasingSince")
    .where("id", "=", userId)
    .executeTakeFirst();
  return row?.erasingSince !== null;
}

async function isOpen(db: Pick<Db, "selectFrom">, stepId: string): Promise<boolean> {
  const row = await db
    .selectFrom("humanSteps")
    .select("id")
    .where("id", "=", stepId)
    .where("state", "=", "open")
    .where("expiresAt", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return row !== undefined;
}
