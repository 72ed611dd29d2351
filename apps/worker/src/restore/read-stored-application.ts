import { type TaskPage, type TaskRow, findParked, listPages } from "@valet/db";
import type { FileToAttach } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { type ParkedState, readParkedState } from "../hibernation/parked-state.ts";
import { readResumeFile } from "../resume-file.ts";

/** Everything a form is built again from. */
export interface StoredApplication {
  readonly pages: readonly TaskPage[];
  readonly resume: FileToAttach;
  /** What a parked browser held besides its page; undefined where the browser was lost. */
  readonly storage: ParkedState["storage"] | undefined;
}

/** @throws ValetError `OBJECT_NOT_FOUND` when the résumé is gone. */
export async function readStoredApplication(
  deps: WorkerDeps,
  task: TaskRow,
  signal: AbortSignal,
): Promise<StoredApplication> {
  const key = { taskId: task.id, epoch: task.epoch };
  const [pages, resume, storage] = await Promise.all([
    listPages(deps.db, key),
    readResumeFile(deps, task, signal),
    readStorage(deps, key, signal),
  ]);
  return { pages, resume, storage };
}

async function readStorage(
  deps: WorkerDeps,
  key: { readonly taskId: string; readonly epoch: number },
  signal: AbortSignal,
): Promise<StoredApplication["storage"]> {
  const parked = await findParked(deps.db, key);
  return parked && (await readParkedState(deps, parked, signal))?.storage;
}
