import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type EvidenceRow, listEvidence } from "./evidence.ts";
import { listResumes } from "./resumes.ts";

/** An object of a person's, under the name it has for them. */
export interface StoredFile {
  readonly path: string;
  readonly storageKey: string;
  readonly about: Readonly<Record<string, unknown>>;
}

const piecesAtOnce = 200;

/**
 * Résumés and evidence. What a parked browser held is not among them: cookies open the person's accounts on
 * sites, and they are erased when the application has ended.
 */
export async function* listStoredFiles(
  db: Querier,
  userId: string,
): AsyncGenerator<StoredFile, void, undefined> {
  for (const { id, fileName, storageKey, contentType } of await listResumes(db, userId)) {
    yield {
      path: `resumes/${id}/${safeName(fileName)}`,
      storageKey,
      about: { kind: "resume", contentType },
    };
  }
  let last: { readonly taskId: string; readonly storageKey: string } | undefined;
  for (;;) {
    let query = db
      .selectFrom("evidence")
      .innerJoin("tasks", "tasks.id", "evidence.taskId")
      .selectAll("evidence")
      .where("tasks.userId", "=", userId)
      .orderBy("evidence.taskId")
      .orderBy("evidence.storageKey")
      .limit(piecesAtOnce);
    if (last !== undefined) {
      const { taskId, storageKey } = last;
      query = query.where(
        sql<boolean>`(evidence.task_id, evidence.storage_key) > (${taskId}, ${storageKey})`,
      );
    }
    const pieces = await query.execute();
    for (const piece of pieces) {
      const file = fileOf(piece);
      yield { ...file, path: `evidence/${piece.taskId}/${file.path}` };
    }
    if (pieces.length < piecesAtOnce) return;
    last = pieces.at(-1);
  }
}

export async function listEvidenceFiles(db: Querier, taskId: string): Promise<StoredFile[]> {
  return (await listEvidence(db, taskId)).map(fileOf);
}

function fileOf({ kind, storageKey, contentType, createdAt }: EvidenceRow): StoredFile {
  return {
    path: safeName(storageKey.split("/").at(-1) ?? kind),
    storageKey,
    about: { kind, contentType, createdAt: createdAt.toISOString() },
  };
}

/** Whoever unpacks it must not be led out of the folder. */
function safeName(name: string): string {
  const safe = name.replace(/[\p{Cc}\\/:*?"<>|]/gu, "_").replace(/^\.+/, "_");
  return safe === "" ? "file" : safe;
}
