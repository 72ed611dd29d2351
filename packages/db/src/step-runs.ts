import { StepName } from "@valet/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";

const ChildName = z.enum([
  "fill-page",
  "fill-with-stagehand",
  "fill-with-magnitude",
  "dispatch",
  "continue-application",
  "approve-by-act",
]);
/** Children of steps that have runs of their own on the engine. */
export type ChildName = z.infer<typeof ChildName>;
const StepOrChild = z.union([StepName, ChildName]);

export interface StepTry {
  /** Of the step's run; a child has its own. */
  readonly runId: string;
  readonly step: StepName | ChildName;
  /** 0 for the first try; grows also when a worker is lost. */
  readonly attempt: number;
}

/** A durable step starts again on resume: the first start counts, the newest worker is shown. */
export async function recordStepStart(
  db: Querier,
  tried: StepTry & { readonly taskId: string; readonly workerId: string },
): Promise<void> {
  await db
    .insertInto("stepRuns")
    .values(tried)
    .onConflict((conflict) =>
      conflict.columns(["runId", "step", "attempt"]).doUpdateSet({ workerId: tried.workerId }),
    )
    .execute();
}

export async function recordStepEnd(
  db: Querier,
  { runId, step, attempt, result }: StepTry & { readonly result: string },
): Promise<void> {
  await db
    .updateTable("stepRuns")
    .set({ finishedAt: sql`now()`, result })
    .where("runId", "=", runId)
    .where("step", "=", step)
    .where("attempt", "=", attempt)
    .execute();
}

/** The tries of this step that began after this one. */
export function laterTries(
  db: Querier,
  { runId, step, attempt }: Omit<StepTry, "step"> & { readonly step: string },
) {
  return db
    .selectFrom("stepRuns")
    .select("attempt")
    .where("runId", "=", runId)
    .where("step", "=", step)
    .where("attempt", ">", attempt);
}

/**
 * Whether no later try of this step has begun. If one has, the engine has given this one up, most
 * likely because its worker was frozen or cut off: it must start nothing any more.
 */
export async function isNewestTry(
  db: Querier,
  turn: Parameters<typeof laterTries>[1],
): Promise<boolean> {
  return (await laterTries(db, turn).executeTakeFirst()) === undefined;
}

export interface StepRunRow {
  readonly step: StepName;
  readonly attempt: number;
  readonly workerId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly result: string | null;
}

/** Every try of every step of one run, in order of start. */
export async function listStepRuns(db: Querier, runId: string): Promise<StepRunRow[]> {
  const rows = await db
    .selectFrom("stepRuns")
    .select(["step", "attempt", "workerId", "startedAt", "finishedAt", "result"])
    .where("runId", "=", runId)
    .orderBy("startedAt")
    .execute();
  return rows.map((row) => ({ ...row, step: StepName.parse(row.step) }));
}

export interface StepTryRow extends StepTry {
  readonly workerId: string;
  readonly result: string | null;
}

/** Every try in these runs, a run's steps and the children that are runs of their own, in order of start. */
export async function listStepTries(db: Querier, runIds: readonly string[]): Promise<StepTryRow[]> {
  if (runIds.length === 0) return [];
  const rows = await db
    .selectFrom("stepRuns")
    .select(["runId", "step", "attempt", "workerId", "result"])
    .where("runId", "in", [...new Set(runIds)])
    .orderBy("startedAt")
    .execute();
  return rows.map((row) => ({ ...row, step: StepOrChild.parse(row.step) }));
}
