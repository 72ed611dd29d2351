import { findResume, releaseWaitingTasks, settleParse } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import type { ResumeRun } from "./find-own-try.ts";
import { type ParseStepOutput, type SavedOutput, isSuperseded } from "./resume-step-result.ts";

/**
 * Says what came of the parse and lets go of the applications that waited for it. Run again it lets go of
 * those that a lost worker left behind.
 */
export async function saveResults(
  { db, writer }: Pick<WorkerDeps, "db" | "writer">,
  { resumeId, userId }: ResumeRun,
  parsed: ParseStepOutput,
): Promise<SavedOutput> {
  if (isSuperseded(parsed)) return parsed;
  const { epoch } = parsed;
  const failure = "failure" in parsed ? parsed.failure : undefined;
  const settled = await settleParse(writer, { resumeId, epoch }, failure);
  const row = settled ?? (await findResume(db, { id: resumeId, userId }));
  if (row === undefined) return { superseded: true };
  return { state: row.state, started: await releaseWaitingTasks(writer, resumeId) };
}
