import { type RunActions, toValetError } from "@valet/contracts";
import type { SelectedRun } from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { RunsPage } from "./select-page.ts";

type Result = RunActions["results"][number];

/** At a time; the database has other callers. */
const concurrency = 4;

/** Does the work for each run: what happens to one holds up no other. Ids without a run are `NOT_FOUND`. */
export async function answerEach(
  log: Logger,
  { runs, ids }: Pick<RunsPage, "runs" | "ids">,
  work: (run: SelectedRun) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const queue = runs.values();
  const lane = async () => {
    for (const run of queue) results.set(run.id, await answer(log, run, work));
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return ids.map((id) => results.get(id) ?? { id, code: "NOT_FOUND" });
}

async function answer(
  log: Logger,
  run: SelectedRun,
  work: (run: SelectedRun) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(run);
  } catch (error) {
    const { code } = toValetError(error);
    if (code === "INTERNAL") log.error({ err: error, taskId: run.id }, "a run was left alone");
    return { id: run.id, code };
  }
}
