import { sql } from "kysely";
import type { Querier } from "./connect.ts";

export interface EvidenceRow {
  readonly kind: string;
  readonly storageKey: string;
  readonly contentType: string;
  readonly sha256: string;
  readonly createdAt: Date;
}

/** Records a stored object; one key is one piece of evidence, the newest content counts. */
export async function addEvidence(
  db: Querier,
  piece: Omit<EvidenceRow, "createdAt"> & { readonly taskId: string },
): Promise<void> {
  await db
    .insertInto("evidence")
    .values(piece)
    .onConflict((conflict) =>
      conflict
        .columns(["taskId", "storageKey"])
        .doUpdateSet({ sha256: piece.sha256, createdAt: sql`now()` }),
    )
    .execute();
}

export async function listEvidence(db: Querier, taskId: string): Promise<EvidenceRow[]> {
  return db
    .selectFrom("evidence")
    .select(["kind", "storageKey", "contentType", "sha256", "createdAt"])
    .where("taskId", "=", taskId)
    .orderBy("createdAt")
    .execute();
}
