import type { Resume } from "@valet/contracts";
import type { Selectable } from "kysely";
import type { Querier } from "./connect.ts";
import type { Resumes } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

export type ResumeRow = Selectable<Resumes>;

export async function addResume(
  db: Querier,
  resume: {
    readonly id: string;
    readonly userId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly byteSize: number;
    readonly sha256: string;
    readonly storageKey: string;
  },
): Promise<ResumeRow> {
  return db
    .insertInto("resumes")
    .values({ ...resume, state: "ready" })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findResume(
  db: Querier,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<ResumeRow | undefined> {
  if (!isUuid(id)) return undefined;
  return db
    .selectFrom("resumes")
    .selectAll()
    .where("id", "=", id)
    .where("userId", "=", userId)
    .executeTakeFirst();
}

export async function listResumes(db: Querier, userId: string): Promise<ResumeRow[]> {
  return db
    .selectFrom("resumes")
    .selectAll()
    .where("userId", "=", userId)
    .orderBy("createdAt", "desc")
    .execute();
}

/** The résumé as the API shows it. */
export function resumeOf(row: ResumeRow): Resume {
  const { id, fileName, contentType, byteSize, sha256 } = row;
  return {
    id,
    fileName,
    contentType,
    byteSize,
    sha256,
    state: "ready",
    createdAt: row.createdAt.toISOString(),
  };
}
