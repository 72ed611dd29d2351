import type { ResumeParseInput } from "@valet/contracts";
import { type ParseTry, findParseTry } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";

export interface ResumeRun extends ResumeParseInput {
  /** Which try the run was started for; absent for one that an event started. */
  readonly epoch: number | undefined;
}

/** The try that this run is for, while anything may still come of it. */
export async function findOwnTry(
  { db }: Pick<WorkerDeps, "db">,
  { resumeId, epoch }: Pick<ResumeRun, "resumeId" | "epoch">,
): Promise<ParseTry | undefined> {
  const tried = await findParseTry(db, resumeId);
  if (tried === undefined || !tried.isOpen) return undefined;
  const { parseEpoch } = tried.row;
  return epoch === undefined || epoch === parseEpoch ? { resumeId, epoch: parseEpoch } : undefined;
}
