import { DocumentLine, ParsedResume } from "@valet/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import { type ResumeRow, findResumeById, resumeRowOf } from "./resumes.ts";

/** One time that a résumé is to be parsed. */
export interface ParseTry {
  readonly resumeId: string;
  readonly epoch: number;
}

/** What a parse gave, with the text in which the places of its values are. */
const KeptParse = ParsedResume.extend({ lines: z.array(DocumentLine).default([]) });
export type KeptParse = z.infer<typeof KeptParse>;

interface FoundParse {
  readonly parsed: ParsedResume;
  readonly lines?: readonly DocumentLine[];
  readonly isRefined: boolean;
}

/** Keeps what was found for the steps that follow; a step that is run again finds the same. */
export async function keepParse(
  db: Querier,
  tried: ParseTry,
  { parsed, lines = [], isRefined }: FoundParse,
): Promise<void> {
  await sql`
    insert into resume_parses (resume_id, epoch, user_id, parsed, is_refined)
    select id, ${tried.epoch}, user_id, ${jsonValue({ ...parsed, lines })}, ${isRefined}
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
  const row = await newestSaved(db, resumeId)
    .select(sql`parsed - 'lines'`.as("parsed"))
    .executeTakeFirst();
  return row === undefined ? undefined : ParsedResume.parse(row.parsed);
}

/** The same with the document's text: much of it, so only for whoever shows it. */
export async function findShownParse(
  db: Querier,
  resumeId: string,
): Promise<KeptParse | undefined> {
  const row = await newestSaved(db, resumeId).select("parsed").executeTakeFirst();
  return row === undefined ? undefined : KeptParse.parse(row.parsed);
}

function newestSaved(db: Querier, resumeId: string) {
  return db
    .selectFrom("resumeParses")
    .where("resumeId", "=", resumeId)
    .where("savedAt", "is not", null)
    .orderBy("epoch", "desc")
    .limit(1);
}

/** Whether anything is known of a résumé. */
export async function isKnownResume(db: Querier, resumeId: string): Promise<boolean> {
  const row = await db
    .selectFrom("resumeParses")
    .select("epoch")
    .where("resumeId", "=", resumeId)
    .where("savedAt", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
  const row = await findResumeById(db, resumeId);
  return row === undefined ? undefined : { row, isOpen: isOpenTry(row, row.parseEpoch) };
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

/** Whether anything is still to come of this try. */
export function isOpenTry(row: ResumeRow, epoch: number): boolean {
  return row.parseEpoch === epoch && row.settledEpoch < epoch;
}
