import {
  type BatchJobRow,
  type BatchRow,
  type Db,
  type LineAsks,
  collectBatch,
  keepAsks,
  listCollecting,
  listUnseenForms,
  tryExclusively,
} from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import type { Logger } from "@valet/runtime";
import type { GetPage } from "@valet/sites";
import { previewTask } from "../preview/preview-task.ts";

export interface CollectDeps {
  readonly db: Db;
  readonly networkPolicy: NetworkPolicy;
  readonly getPage: GetPage;
  readonly kickRelay: () => void;
  readonly log: Logger;
  /** How long a batch may be looked up for, in milliseconds; five minutes unless given. */
  readonly patienceMs?: number;
}

/** Of one process; of one host one at a time. */
const hostsAtOnce = 4;
const batchesAtOnce = 20;
/** For one form with all its pages, in milliseconds. */
const formLimitMs = 15_000;

/**
 * Looks up what the forms of new batches ask, from what their sites publish and without a browser. Each
 * finding is kept with its line, so a process that dies here has lost nothing. What cannot be looked up in
 * time is asked by the application itself. One process does this at a time.
 */
export async function collectQuestions(deps: CollectDeps, signal: AbortSignal): Promise<void> {
  const batches = await listCollecting(deps.db, batchesAtOnce);
  if (batches.length === 0) return;
  await tryExclusively(deps.db, "batch questions", async () => {
    for (const batch of batches) {
      if (signal.aborted) return;
      await collectOne(deps, batch, signal);
    }
  });
}

async function collectOne(deps: CollectDeps, batch: BatchRow, signal: AbortSignal): Promise<void> {
  const { db, patienceMs = 5 * 60_000, kickRelay, log } = deps;
  const lines = await listUnseenForms(db, batch.id);
  const hosts = [...Map.groupBy(lines, ({ jobUrl }) => new URL(jobUrl).host).values()].values();
  const ageMs = Date.now() - batch.createdAt.getTime();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, patienceMs - ageMs))]);
  await Promise.all(
    Array.from({ length: hostsAtOnce }, async () => {
      for (const forms of hosts) {
        for (const form of forms) {
          if (limit.aborted) return;
          await lookUp(deps, form, limit);
        }
      }
    }),
  );
  if (signal.aborted) return;
  await collectBatch(db, batch.id);
  kickRelay();
  log.info({ batchId: batch.id, forms: lines.length }, "what a batch asks was looked up");
}

async function lookUp(deps: CollectDeps, form: BatchJobRow, signal: AbortSignal): Promise<void> {
  const asks = await asksOf(
    deps,
    form,
    AbortSignal.any([signal, AbortSignal.timeout(formLimitMs)]),
  ).catch((error: unknown) => {
    deps.log.debug({ batchId: form.batchId, line: form.line, err: error }, "a form was not seen");
    return null;
  });
  if (!signal.aborted) await keepAsks(deps.db, form, asks);
}

/** What nothing stored of the person answers and the form wants to know. */
async function asksOf(
  deps: CollectDeps,
  { userId, jobUrl }: BatchJobRow,
  signal: AbortSignal,
): Promise<LineAsks | null> {
  const { questions } = await previewTask(deps, { userId, jobUrl }, signal);
  if (questions === null) return null;
  return questions
    .filter(({ required, action }) => required && action === "ask")
    .map(({ question, options, kind }) => ({ question, options, kind }));
}
