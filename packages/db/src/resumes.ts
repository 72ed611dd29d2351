import {
  ParseFailure,
  type Resume,
  ResumeState,
  ValetError,
  parseFailureTexts,
} from "@valet/contracts";
import type { Selectable } from "kysely";
import type { Querier } from "./connect.ts";
import type { Resumes } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

export type ResumeRow = Omit<Selectable<Resumes>, "state" | "failure"> & {
  readonly state: ResumeState;
  /** Why the newest parse gave nothing. */
  readonly failure: ParseFailure | null;
};

export function resumeRowOf(row: Selectable<Resumes>): ResumeRow {
  return {
    ...row,
    state: ResumeState.parse(row.state),
    failure: ParseFailure.nullable().parse(row.failure),
  };
}

export interface NewResume {
  readonly id: string;
  readonly userId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly storageKey: string;
}

/** A row for a stored file; nobody is asked to parse it. */
export async function addResume(db: Querier, resume: NewResume): Promise<ResumeRow> {
  const row = await db
    .insertInto("resumes")
    .values({ ...resume, state: "ready" })
    .returningAll()
    .executeTakeFirstOrThrow();
  return resumeRowOf(row);
}

export async function findResume(
  db: Querier,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<ResumeRow | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom("resumes")
    .selectAll()
    .where("id", "=", id)
    .where("userId", "=", userId)
    .executeTakeFirst();
  return row === undefined ? undefined : resumeRowOf(row);
}

/** Whosever it is: for those who work for everybody. */
export async function findResumeById(db: Querier, id: string): Promise<ResumeRow | undefined> {
  const row = await db.selectFrom("resumes").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : resumeRowOf(row);
}

export async function listResumes(db: Querier, userId: string): Promise<ResumeRow[]> {
  const rows = await db
    .selectFrom("resumes")
    .selectAll()
    .where("userId", "=", userId)
    .orderBy("createdAt", "desc")
    .execute();
  return rows.map(resumeRowOf);
}

/** The résumé as the API shows it. */
export function resumeOf(row: ResumeRow): Resume {
  const { id, fileName, contentType, byteSize, sha256, state, failure } = row;
  return {
    id,
    fileName,
    contentType,
    byteSize,
    sha256,
    state,
    failure: failure === null ? null : { reason: failure, message: parseFailureTexts[failure] },
    createdAt: row.createdAt.toISOString(),
  };
}

/** Of one that could not be parsed: what is wrong with it. */
export function resumeNotReady({ id, failure }: Pick<ResumeRow, "id" | "failure">): ValetError {
  const reason = failure ?? "unavailable";
  return new ValetError(
    "RESUME_NOT_READY",
    `Nothing was started, since this résumé could not be read. ${parseFailureTexts[reason]}`,
    { resumeId: id, reason },
  );
}
