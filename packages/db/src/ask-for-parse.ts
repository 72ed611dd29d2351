import { type Transaction, sql } from "kysely";
import { jsonValue } from "./json-value.ts";
import type { OutboxMessage } from "./outbox.ts";
import { type ParseTry, isKnownResume, isOpenTry } from "./resume-parses.ts";
import { type NewResume, type ResumeRow, addResume, findResume } from "./resumes.ts";
import type { DB } from "./schema.gen.ts";
import {
  type WrittenResume,
  lockResume,
  resumeNotFound,
  ringResume,
  writeResume,
} from "./write-resume.ts";
import type { TaskWriter } from "./write-task.ts";

/** A row for a stored file and, in the same transaction, the word to parse it. */
export async function receiveResume(writer: TaskWriter, resume: NewResume): Promise<ResumeRow> {
  const { row, event } = await writer.db.transaction().execute(async (trx) => {
    const added = await addResume(trx, resume);
    return ask(trx, added, { automaticParses: 0 });
  });
  ringResume(writer, row, event);
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
    isOpenTry(row, epoch) ? { automaticParses: row.automaticParses + 1 } : undefined,
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
  ringResume(writer, row, event);
  return row;
}

/** A résumé of which something is known does not become one of which nothing is. */
async function ask(
  trx: Transaction<DB>,
  row: ResumeRow,
  counts: Pick<ResumeRow, "automaticParses">,
): Promise<WrittenResume> {
  const epoch = row.parseEpoch + 1;
  const isKnown = await isKnownResume(trx, row.id);
  await trx
    .insertInto("outbox")
    .values({
      resumeId: row.id,
      message: jsonValue({ kind: "parse_resume", epoch } satisfies OutboxMessage),
    })
    .execute();
  return writeResume(
    trx,
    row,
    { ...counts, parseEpoch: epoch, parseAskedAt: sql<Date>`now()`, parseRunId: null },
    isKnown ? undefined : { state: "parsing" },
  );
}
