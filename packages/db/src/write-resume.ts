import { type ParseFailure, type ResumeState, ValetError, toTaskMessage } from "@valet/contracts";
import type { Transaction, UpdateObject } from "kysely";
import { type PersonEvent, personEventOf } from "./event-log.ts";
import { jsonValue } from "./json-value.ts";
import { type ResumeRow, resumeRowOf } from "./resumes.ts";
import type { DB } from "./schema.gen.ts";
import type { TaskWriter } from "./write-task.ts";

export interface WrittenResume {
  readonly row: ResumeRow;
  readonly event: PersonEvent | undefined;
}

/** Changes a locked résumé and says its state, where one is given, in the person's log. */
export async function writeResume(
  trx: Transaction<DB>,
  row: ResumeRow,
  columns: UpdateObject<DB, "resumes">,
  said?: { readonly state: ResumeState; readonly reason?: ParseFailure },
): Promise<WrittenResume> {
  const seq = row.lastSeq + 1;
  const changed = await trx
    .updateTable("resumes")
    .set({ ...columns, ...(said === undefined ? {} : { state: said.state, lastSeq: seq }) })
    .where("id", "=", row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (said === undefined) return { row: resumeRowOf(changed), event: undefined };
  const stored = await trx
    .insertInto("resumeEvents")
    .values({
      resumeId: row.id,
      seq,
      epoch: changed.parseEpoch,
      userId: row.userId,
      type: "resume_state",
      data: jsonValue({ resumeId: row.id, ...said }),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row: resumeRowOf(changed), event: personEventOf({ ...stored, taskId: null }) };
}

/** After commit. */
export function ringResume(
  writer: TaskWriter,
  { userId }: ResumeRow,
  event: PersonEvent | undefined,
): void {
  if (event === undefined) return;
  writer.ring(userId, { ...toTaskMessage(event.event), position: event.position });
}

export async function lockResume(trx: Transaction<DB>, resumeId: string): Promise<ResumeRow> {
  const row = await trx
    .selectFrom("resumes")
    .selectAll()
    .where("id", "=", resumeId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw resumeNotFound();
  return resumeRowOf(row);
}

export function resumeNotFound(): ValetError {
  return new ValetError("NOT_FOUND", "There is no such résumé. See GET /resumes for yours.");
}
