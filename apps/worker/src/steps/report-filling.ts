import type { FillPageInput } from "@valet/contracts";
import { type TaskRow, reportProgress, writeTask } from "@valet/db";
import { type FilledSitePage, type SitePageToFill, fillSitePage } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import type { SessionGate } from "../session-gate.ts";

/** A person sees at least this often how far a page is. */
const fieldsPerReport = 10;

/** And at least this often while fields are being filled, however long each takes. */
const longestBetweenReportsMs = 20_000;

/** Filling owns this part of the whole; the share grows with every page and never reaches the end. */
const pctOfFilling = { from: 20, to: 62 } as const;

export interface Filling extends Omit<SitePageToFill, "onField"> {
  readonly task: TaskRow;
  readonly gate: SessionGate;
  readonly input: FillPageInput & {
    /** Gives the step more time; called for every field that holds its value. */
    readonly onProgress: () => Promise<void>;
  };
}

/** Fills, and says how far it is: the reports are written one after the other meanwhile. */
export async function fillWithReports(
  deps: WorkerDeps,
  { task, input, gate, ...filling }: Filling,
  signal: AbortSignal,
): Promise<FilledSitePage> {
  let reporting = Promise.resolve();
  let most = 0;
  let reported = 0;
  let reportedAt = performance.now();
  const onField = (done: number, total: number) => {
    if (done <= most) return;
    most = done;
    const isLate = performance.now() - reportedAt >= longestBetweenReportsMs;
    const isDue = isLate || done === total || done >= reported + fieldsPerReport;
    if (isDue) [reported, reportedAt] = [done, performance.now()];
    reporting = reporting.then(async () => {
      await input.onProgress();
      if (isDue) await reportFields(deps, { task, input, done, total });
    });
    // It is waited for below; a fault in between must not count as one that nobody handles.
    reporting.catch(() => undefined);
  };
  await gate.learn(filling.plan(filling.form), signal);
  const fill = () => fillSitePage({ ...filling, onField }, signal);
  const hasFiles = Object.keys(filling.files(filling.form)).length > 0;
  const filled = await (hasFiles ? gate.during("upload", fill, signal) : fill());
  // With what its answers made the page ask.
  await gate.learn(filling.plan(filled.form), signal);
  await reporting;
  return filled;
}

async function reportFields(
  deps: WorkerDeps,
  {
    task,
    input,
    done,
    total,
  }: Pick<Filling, "task" | "input"> & { readonly done: number; readonly total: number },
): Promise<void> {
  const shareOfPage = total === 0 ? 1 : done / total;
  // How many pages follow is unknown, so each page takes half of what is left.
  const share = 1 - 0.5 ** (input.page - 1 + shareOfPage);
  const pct = pctOfFilling.from + (pctOfFilling.to - pctOfFilling.from) * share;
  await writeTask(deps.writer, task.id, async (write) => {
    if (write.task.runId !== input.runId) return;
    reportProgress(write, {
      step: "fill-fields",
      pct,
      message: `Page ${input.page}: ${done} of ${total} fields filled`,
    });
  });
}
