import {
  Confirmation,
  Outcome,
  Posting,
  ReasonCode,
  StartWindow,
  type Task,
  TaskMode,
  TaskPriority,
  TaskState,
  UnansweredQuestion,
  ValetError,
} from "@valet/contracts";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import type { Tasks } from "./schema.gen.ts";

/** A task as stored, with its text columns checked against the contract. */
export type TaskRow = Omit<
  Selectable<Tasks>,
  "state" | "outcome" | "reason" | "mode" | "questions" | "confirmation" | "startWindow" | "posting"
> & {
  readonly state: TaskState;
  readonly outcome: Outcome | null;
  readonly reason: ReasonCode | null;
  readonly mode: TaskMode;
  readonly questions: readonly UnansweredQuestion[];
  readonly confirmation: Confirmation | null;
  readonly startWindow: StartWindow | null;
  readonly posting: Posting;
};

export function taskRowOf(row: Selectable<Tasks>): TaskRow {
  return {
    ...row,
    state: TaskState.parse(row.state),
    outcome: Outcome.nullable().parse(row.outcome),
    reason: ReasonCode.nullable().parse(row.reason),
    mode: TaskMode.parse(row.mode),
    questions: z.array(UnansweredQuestion).parse(row.questions),
    confirmation: Confirmation.nullable().parse(row.confirmation),
    startWindow: StartWindow.nullable().parse(row.startWindow),
    posting: Posting.parse(row.posting),
  };
}

/** The task as the API shows it. */
export function taskOf(row: TaskRow): Task {
  return {
    id: row.id,
    jobUrl: row.jobUrl,
    jobKey: row.jobKey,
    resumeId: row.resumeId,
    mode: row.mode,
    rehearsal: row.rehearsal,
    platform: row.platform,
    // Stored behind the name of the system, within which it is unique.
    employer: row.employer?.slice(row.employer.indexOf("/") + 1) ?? null,
    posting: row.posting,
    priority: TaskPriority.options[row.priority - 1] ?? "normal",
    // Of a window it is when that opens, which is not what the person has said.
    runAt: row.startWindow === null ? (row.notBefore?.toISOString() ?? null) : null,
    window: row.startWindow,
    state: row.state,
    outcome: row.outcome,
    reason: row.reason,
    message: row.message,
    pct: row.pct,
    lastSeq: row.lastSeq,
    epoch: row.epoch,
    runId: row.runId,
    questions: [...row.questions],
    confirmation: row.confirmation,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

const uuid = z.uuid();

/** A malformed id is an unknown id: Postgres must not be asked, its error would quote the input. */
export function isUuid(text: string): boolean {
  return uuid.safeParse(text).success;
}

export async function findTask(
  db: Querier,
  where: { readonly id: string; readonly userId?: string },
): Promise<TaskRow | undefined> {
  if (!isUuid(where.id)) return undefined;
  let query = db.selectFrom("tasks").selectAll().where("id", "=", where.id);
  if (where.userId !== undefined) query = query.where("userId", "=", where.userId);
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : taskRowOf(row);
}

/** Throws `NOT_FOUND`; another person's task answers exactly as one that does not exist. */
export async function getTask(
  db: Querier,
  where: { readonly id: string; readonly userId?: string },
): Promise<TaskRow> {
  const task = await findTask(db, where);
  if (task === undefined) throw taskNotFound();
  return task;
}

export function taskNotFound(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "There is no such application. Check its id with `valet tasks`.",
  );
}
