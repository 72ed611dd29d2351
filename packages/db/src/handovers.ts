import { sql } from "kysely";
import { finishByAct } from "./approval-by-act.ts";
import type { Querier } from "./connect.ts";
import { findOpenStep } from "./human-step-rows.ts";
import { finishByHandingBack } from "./human-steps.ts";
import { personPrefix } from "./session-fences.ts";
import type { TaskWrite } from "./write-task.ts";

/** Whoever has just taken the browser over may not be on record yet. */
const settleSeconds = 5;

/**
 * Tasks whose run still waits although the person has gone on: the browser that they took is in nobody's hands any
 * more (control ended by itself, or before the run had asked), or they have sent the application themselves.
 */
export async function listUnheardHandovers(db: Querier, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("tasks")
    .innerJoin("humanSteps", "humanSteps.taskId", "tasks.id")
    .select("tasks.id")
    .where("tasks.finishedAt", "is", null)
    .where("humanSteps.state", "=", "open")
    .where((eb) =>
      eb.or([
        eb.and([
          eb("humanSteps.kind", "=", "takeover"),
          // Asked to set a field, they need not have come yet, and may come more than once.
          sql<boolean>`human_steps.questions = '[]'::jsonb`,
          sql<boolean>`human_steps.created_at < now() - ${settleSeconds} * interval '1 second'`,
          eb.not(
            eb.exists(
              eb
                .selectFrom("browserSessions")
                .select("browserSessions.id")
                .whereRef("browserSessions.taskId", "=", "tasks.id")
                .where("browserSessions.state", "=", "live")
                .where("browserSessions.owner", "like", `${personPrefix}%`)
                .where("browserSessions.leaseUntil", ">", sql<Date>`now()`),
            ),
          ),
        ]),
        eb.exists(
          eb
            .selectFrom("submissionIntents")
            .select("submissionIntents.id")
            .whereRef("submissionIntents.taskId", "=", "tasks.id")
            .where("submissionIntents.state", "=", "dispatched"),
        ),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Tells the run that waits. */
export async function finishHandover(write: TaskWrite): Promise<void> {
  await finishByAct(write);
  const open = await findOpenStep(write.trx, write.task.id);
  if (open?.step.kind === "takeover") await finishByHandingBack(write);
}
