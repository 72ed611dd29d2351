import {
  type ParseFailure,
  ParsedResume,
  type ResumeState,
  ValetError,
  toTaskMessage,
} from "@valet/contracts";
import { isWorthKeeping } from "@valet/domain";
import { type Transaction, type UpdateObject, sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type PersonEvent, personEventOf } from "./event-log.ts";
import { jsonValue } from "./json-value.ts";
import type { OutboxMessage } from "./outbox.ts";
import { type NewResume, type ResumeRow, addResume, findResume, resumeRowOf } from "./resumes.ts";
import type { DB } from "./schema.gen.ts";
import type { TaskWriter } from "./write-task.ts";

/** One time that a résumé is to be parsed. */
export interface ParseTry {
  readonly resumeId: string;
  readonly epoch: number;
}

/** A row for a stored file and, in the same transaction, the word to parse it. */
export async function receiveResume(writer: TaskWriter, resume: NewResume): Promise<ResumeRow> {
  const { row, event } = await writer.db.transaction().execute(async (trx) => {
    const added = await addResume(trx, resume);
    return ask(trx, added, { automaticParses: 0 });
  });
  ring(writer, row, event);
  return row;
}

/**
 * Has it parsed once more. What is known of it stays until that gives something.
 *
 * @throws `NOT_FOUND`.
 */
export async function askForParse(
  writer: TaskWriter,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<ResumeRow> {
  if ((await findResume(writer.db, { id, userId })) === undefined) throw resumeNotFound();
  return again(writer, id, () => ({ automaticParses: 0 }));
}

/** Gives up on a try that was lost and asks for another, unless something came of it meanwhile. */
export async function askForLostParse(
  writer: TaskWriter,
  { resumeId, epoch }: ParseTry,
): Promise<ResumeRow> {
  return again(writer, resumeId, (row) =>
    isOpen(row, epoch) ? { automaticParses: row.automaticParses + 1 } : undefined,
  );
}

async function again(
  writer: TaskWriter,
  resumeId: string,
  decide: (row: ResumeRow) => Pick<ResumeRow, "automaticParses"> | undefined,
): Promise<ResumeRow> {
  const { row, event } = await writer.db.transaction().execute(async (trx) => {
    const locked = await lockResume(trx, resumeId);
    const counts = decide(locked);
    return counts === undefined ? { row: locked, event: undefined } : ask(trx, locked, counts);
  });
  ring(writer, row, event);
  return row;
}

/** A résumé of which something is known does not become one of which nothing is. */
async function ask(
  trx: Transaction<DB>,
  row: ResumeRow,
  counts: Pick<ResumeRow, "automaticParses">,
): Promise<Written> {
  const epoch = row.parseEpoch + 1;
  const isKnown = (await findSavedParse(trx, row.id)) !== undefined;
  await trx
    .insertInto("outbox")
    .values({
      resumeId: row.id,
      message: jsonValue({ kind: "parse_resume", epoch } satisfies OutboxMessage),
    })
    .execute();
  return write(
    trx,
    row,
    { ...counts, parseEpoch: epoch, parseAskedAt: sql<Date>`now()`, parseRunId: null },
    isKnown ? undefined : { state: "parsing" },
  );
}

/** Keeps what was found for the steps that follow; a step that is run again finds the same. */
export async function keepParse(
  db: Querier,
  tried: ParseTry,
  { parsed, isRefined }: { readonly parsed: ParsedResume; readonly isRefined: boolean },
): Promise<void> {
  await sql`
    insert into resume_parses (resume_id, epoch, user_id, parsed, is_refined)
    select id, ${tried.epoch}, user_id, ${jsonValue(parsed)}, ${isRefined}
    from resumes where id = ${tried.resumeId}
    on conflict (resume_id, epoch) do update
    set parsed = excluded.parsed, is_refined = excluded.is_refined
    where resume_parses.saved_at is null
  `.execute(db);
}

export async function findParse(
  db: Querier,
  { resumeId, epoch }: ParseTry,
): Promise<ParsedResume | undefined> {
  const row = await db
    .selectFrom("resumeParses")
    .select("parsed")
    .where("resumeId", "=", resumeId)
    .where("epoch", "=", epoch)
    .executeTakeFirst();
  return row === undefined ? undefined : ParsedResume.parse(row.parsed);
}

/** What is known of a résumé: the newest parse that gave something. */
export async function findSavedParse(
  db: Querier,
  resumeId: string,
): Promise<ParsedResume | undefined> {
  const row = await db
    .selectFrom("resumeParses")
    .select("parsed")
    .where("resumeId", "=", resumeId)
    .where("savedAt", "is not", null)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : ParsedResume.parse(row.parsed);
}

/**
 * Says what came of a try, once: what `keepParse` kept becomes what is known of the résumé, unless there
 * is nothing in it. `undefined` when a newer try has taken its place or something was said before.
 */
export async function settleParse(
  writer: TaskWriter,
  tried: ParseTry,
  failure?: ParseFailure,
): Promise<ResumeRow | undefined> {
  const written = await writer.db.transaction().execute(async (trx) => {
    const row = await lockResume(trx, tried.resumeId);
    if (!isOpen(row, tried.epoch)) return undefined;
    const parsed = failure === undefined ? await findParse(trx, tried) : undefined;
    const found = parsed !== undefined && isWorthKeeping(parsed);
    if (found) await markSaved(trx, tried);
    const why = found ? null : (failure ?? "nothing_found");
    const isKnown = found || (await findSavedParse(trx, tried.resumeId)) !== undefined;
    return write(
      trx,
      row,
      { settledEpoch: tried.epoch, failure: why },
      { state: isKnown ? "ready" : "parse_failed", ...(why === null ? {} : { reason: why }) },
    );
  });
  if (written !== undefined) ring(writer, written.row, written.event);
  return written?.row;
}

async function markSaved(trx: Transaction<DB>, { resumeId, epoch }: ParseTry): Promise<void> {
  await trx
    .updateTable("resumeParses")
    .set({ savedAt: sql`now()` })
    .where("resumeId", "=", resumeId)
    .where("epoch", "=", epoch)
    .execute();
}

/** Notes which run of the engine is at it. */
export async function recordParseRun(
  db: Querier,
  { resumeId, epoch, runId }: ParseTry & { readonly runId: string },
): Promise<void> {
  await db
    .updateTable("resumes")
    .set({ parseRunId: runId })
    .where("id", "=", resumeId)
    .where("parseEpoch", "=", epoch)
    .execute();
}

/** The newest try at this résumé and whether anything is still to come of it. */
export async function findParseTry(
  db: Querier,
  resumeId: string,
): Promise<{ readonly row: ResumeRow; readonly isOpen: boolean } | undefined> {
  const found = await db
    .selectFrom("resumes")
    .selectAll()
    .where("id", "=", resumeId)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const row = resumeRowOf(found);
  return { row, isOpen: isOpen(row, row.parseEpoch) };
}

/** Tries that the engine was asked for longer ago than this and of which nothing was heard. */
export async function listUnsettledParses(
  db: Querier,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<ResumeRow[]> {
  const rows = await db
    .selectFrom("resumes")
    .selectAll()
    .whereRef("settledEpoch", "<", "parseEpoch")
    .where("parseRunId", "is not", null)
    .where("parseAskedAt", "<", sql<Date>`now() - ${olderThanMs} * interval '1 millisecond'`)
    .orderBy("parseAskedAt")
    .limit(limit)
    .execute();
  return rows.map(resumeRowOf);
}

function isOpen(row: ResumeRow, epoch: number): boolean {
  return row.parseEpoch === epoch && row.settledEpoch < epoch;
}

interface Written {
  readonly row: ResumeRow;
  readonly event: PersonEvent | undefined;
}

/** Changes a locked résumé and says its state, where one is given, in the person's log. */
async function write(
  trx: Transaction<DB>,
  row: ResumeRow,
  columns: UpdateObject<DB, "resumes">,
  said?: { readonly state: ResumeState; readonly reason?: ParseFailure },
): Promise<Written> {
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

function ring(writer: TaskWriter, { userId }: ResumeRow, event: PersonEvent | undefined): void {
  if (event === undefined) return;
  writer.ring(userId, { ...toTaskMessage(event.event), position: event.position });
}

async function lockResume(trx: Transaction<DB>, resumeId: string): Promise<ResumeRow> {
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
