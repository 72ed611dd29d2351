import { parseFailureTexts } from "@valet/contracts";
import type { Querier } from "./connect.ts";
import { type ResumeRow, findResumeById } from "./resumes.ts";
import { endTask, enterQueue } from "./task-progress.ts";
import { type TaskWrite, type TaskWriter, writeTask } from "./write-task.ts";

/**
 * Queues the applications that waited for this résumé, or ends them where it could not be parsed. What was
 * done before is not done again, so this may be repeated. Gives how many moved.
 */
export async function releaseWaitingTasks(writer: TaskWriter, resumeId: string): Promise<number> {
  const resume = await findResumeById(writer.db, resumeId);
  if (resume === undefined || resume.state === "parsing") return 0;
  const waiting = await writer.db
    .selectFrom("tasks")
    .select("id")
    .where("resumeId", "=", resumeId)
    .where("state", "=", "created")
    .orderBy("createdAt")
    .execute();
  for (const { id } of waiting) await writeTask(writer, id, (write) => release(write, resume));
  return waiting.length;
}

/** Résumés that somebody waits for although nothing is to come of them any more. */
export async function listResumesWaitedFor(db: Querier, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("tasks")
    .innerJoin("resumes", "resumes.id", "tasks.resumeId")
    .select("resumes.id")
    .distinct()
    .where("tasks.state", "=", "created")
    .where("resumes.state", "<>", "parsing")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

async function release(write: TaskWrite, resume: ResumeRow): Promise<void> {
  const { task } = write;
  if (task.state !== "created") return;
  const { id: resumeId, state, failure } = resume;
  if (state === "parse_failed") {
    const reason = failure ?? "unavailable";
    write.append({ type: "resume_state", data: { resumeId, state, reason } });
    await endTask(write, {
      outcome: "not_submitted",
      reason: "RESUME_NOT_READY",
      message: `Nothing was sent, since the résumé could not be read. ${parseFailureTexts[reason]}`,
    });
    return;
  }
  write.append({ type: "resume_state", data: { resumeId, state } });
  enterQueue(write);
}
