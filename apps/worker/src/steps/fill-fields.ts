import { ValetError } from "@valet/contracts";
import type { FillPageInput } from "@valet/contracts";
import { enterState, getTask, isNewestTry, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { whileWatching } from "./while-watching.ts";
import type { StepInput } from "./step-input.ts";
import {
  type FillFieldsOutput,
  type FillPageOutput,
  type Passed,
  isPassed,
  isStopped,
  superseded,
} from "./step-result.ts";

/** More pages than any form we know; a form that goes round in circles ends here. */
const maxPages = 15;
/** Well below the time of the step, so that a page which gets on is seen in time. */
const watchIntervalMs = 15_000;

/** Runs one page as a child of its own, so that a page that fails is retried alone. */
export type RunFillPage = (input: FillPageInput) => Promise<FillPageOutput | Passed>;

/** Fills the form page by page, in order, until the page that submits. */
export async function fillFields(
  deps: WorkerDeps,
  {
    job,
    runId,
    turn,
    disagreements,
    runFillPage,
    onProgress,
  }: StepInput & {
    /** Of the form and what its site publishes of it; handed on. */
    readonly disagreements: number;
    readonly runFillPage: RunFillPage;
    /** Gives the step more time while its pages get on. */
    readonly onProgress: () => Promise<void>;
  },
  signal: AbortSignal,
): Promise<FillFieldsOutput | Passed> {
  const isOwner = await writeTask(deps.writer, job.taskId, async (write) => {
    if (write.task.runId !== runId) return false;
    enterState(write, "filling");
    return true;
  });
  if (!isOwner) return superseded;
  let filled = 0;
  for (let page = 1; page <= maxPages; page += 1) {
    signal.throwIfAborted();
    if (!(await isNewestTry(deps.db, turn))) return superseded;
    // The page reports its fields as events of the task; their number tells that it gets on.
    const look = async (): Promise<number> => (await getTask(deps.db, { id: job.taskId })).lastSeq;
    const result = await whileWatching(() => runFillPage({ taskId: job.taskId, runId, page }), {
      look,
      onProgress,
      intervalMs: watchIntervalMs,
    });
    if (isStopped(result)) return { stopped: { ...result.stopped, disagreements } };
    if (isPassed(result)) return result;
    filled += result.filled;
    if (result.isLast) return { pages: page, filled, disagreements };
    await onProgress();
  }
  throw new ValetError(
    "FORM_NOT_FOUND",
    `After ${maxPages} pages the form still has no button that sends it. Nothing was sent. Apply by hand on the site.`,
    { pages: maxPages },
  );
}
