import { releaseWaitingTasks, settleParse } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { type ResumeRun, findOwnTry } from "./find-own-try.ts";

/** Something did not work, however often it was tried: the file is kept and the person may ask again. */
export async function onParseFailure(deps: WorkerDeps, run: ResumeRun): Promise<void> {
  const { resumeId } = run;
  const tried = await findOwnTry(deps, run);
  if (tried !== undefined) await settleParse(deps.writer, tried, "unavailable");
  await releaseWaitingTasks(deps.writer, resumeId);
  deps.log.error({ resumeId, epoch: tried?.epoch }, "a résumé could not be parsed");
}
