import type { ParseFailure } from "@valet/contracts";
import { isWorthKeeping } from "@valet/domain";
import { type Transaction, sql } from "kysely";
import { type ParseTry, findParse, isKnownResume, isOpenTry } from "./resume-parses.ts";
import type { ResumeRow } from "./resumes.ts";
import type { DB } from "./schema.gen.ts";
import { lockResume, ringResume, writeResume } from "./write-resume.ts";
import type { TaskWriter } from "./write-task.ts";

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
    if (!isOpenTry(row, tried.epoch)) return undefined;
    const parsed = failure === undefined ? await findParse(trx, tried) : undefined;
    const found = parsed !== undefined && isWorthKeeping(parsed);
    if (found) await markSaved(trx, tried);
    const why = found ? null : (failure ?? "nothing_found");
    const isKnown = found || (await isKnownResume(trx, tried.resumeId));
    return writeResume(
      trx,
      row,
      { settledEpoch: tried.epoch, failure: why },
      { state: isKnown ? "ready" : "parse_failed", ...(why === null ? {} : { reason: why }) },
    );
  });
  if (written !== undefined) ringResume(writer, written.row, written.event);
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
