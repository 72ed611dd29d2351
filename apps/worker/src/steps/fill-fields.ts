import { ValetError } from "@valet/contracts";
import type { FillHelp, FillPageInput } from "@valet/contracts";
import { enterState, getTask, isNewestTry, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { whileWatching } from "./while-watching.ts";
import type { StepInput } from "./step-input.ts";
import {
  type FillFieldsOutput,
  type FillPageLeft,
  type PageEnd,
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
export type RunFillPage = (input: FillPageInput) => Promise<PageEnd>;

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
  // The page reports its fields as events of the task; their number tells that it gets on.
  const look = async (): Promise<number> => (await getTask(deps.db, { id: job.taskId })).lastSeq;
  const runWatched = (page: number, help: FillHelp): Promise<PageEnd> =>
    whileWatching(() => runFillPage({ taskId: job.taskId, runId, page, help }), {
      look,
      onProgress,
      intervalMs: watchIntervalMs,
    });
  let filled = 0;
  for (let page = 1; page <= maxPages; page += 1) {
    signal.throwIfAborted();
    if (!(await isNewestTry(deps.db, turn))) return superseded;
    const result = await fillWithHelp(deps, (help) => runWatched(page, help), signal);
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

/** By the rules, by one engine after the other, and at last by the rules with the person behind them. */
async function fillWithHelp(
  { engines, log }: WorkerDeps,
  run: (help: FillHelp) => Promise<PageEnd>,
  signal: AbortSignal,
): Promise<Exclude<PageEnd, FillPageLeft>> {
  const byRules = await run("none");
  if (!("left" in byRules)) return byRules;
  for (const engine of engines.names) {
    signal.throwIfAborted();
    try {
      const end = await run(engine);
      if (!("left" in end)) return end;
    } catch (error) {
      signal.throwIfAborted();
      // Each has one try; the page tells the next one what there is left to do.
      log.warn({ engine, err: error }, "an engine failed");
    }
  }
  const end = await run("person");
  if ("left" in end) throw new ValetError("INTERNAL", "The last to help left a page to nobody.");
  return end;
}
