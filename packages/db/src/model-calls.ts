import { randomUUID } from "node:crypto";
import type { ModelPurpose, ModelSpend } from "@valet/contracts";
import { sql } from "kysely";
import type { Db, Querier } from "./connect.ts";

/** On whose account a model is asked, and what for. */
export interface ModelUse {
  readonly purpose: ModelPurpose;
  readonly userId: string;
  readonly about: { readonly taskId: string } | { readonly resumeId: string };
}

export interface CallToReserve {
  readonly use: ModelUse;
  readonly model: string;
  /** The most that it may cost, in millionths of a dollar. */
  readonly microdollars: number;
  readonly caps: SpendCaps;
}

/** In millionths of a dollar. */
export interface SpendCaps {
  /** For one application, or one résumé, whatever it takes. */
  readonly taskMicrodollars: number;
  /** For one person in any 24 hours. */
  readonly dayMicrodollars: number;
}

/** What a worker that died had reserved counts no longer than this: by then nobody settles it. */
const reservedForHours = 24;

/**
 * Takes the most that a call may cost from what is left, before it is made; undefined where that is not
 * enough. One transaction at a time decides for a person: however many workers ask at once, all that is
 * reserved and spent stays below both caps.
 */
export async function reserveModelCall(
  db: Db,
  { use, model, microdollars, caps }: CallToReserve,
): Promise<string | undefined> {
  const { userId, purpose, about } = use;
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`model_calls:${userId}`}, 0))`.execute(
      trx,
    );
    const ofPerson = sql`user_id = ${userId} and created_at > now() - interval '1 day'`;
    const ofThis =
      "taskId" in about ? sql`task_id = ${about.taskId}` : sql`resume_id = ${about.resumeId}`;
    const { rows } = await sql<{ day: number; whole: number }>`
      select
        (select coalesce(sum(${counted}), 0) from model_calls where ${ofPerson})::float8 as day,
        (select coalesce(sum(${counted}), 0) from model_calls where ${ofThis})::float8 as whole
    `.execute(trx);
    const { day = 0, whole = 0 } = rows[0] ?? {};
    if (day + microdollars > caps.dayMicrodollars) return undefined;
    if (whole + microdollars > caps.taskMicrodollars) return undefined;
    const id = randomUUID();
    await trx
      .insertInto("modelCalls")
      .values({ id, userId, purpose, model, reservedMicrodollars: microdollars, ...about })
      .execute();
    return id;
  });
}

const counted = sql`coalesce(
  cost_microdollars,
  case when created_at > now() - ${sql.lit(`${reservedForHours} hours`)}::interval
    then reserved_microdollars else 0 end
)`;

export interface SettledCall {
  readonly id: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microdollars: number;
}

/** What the call did cost. Said once; what comes later changes nothing. */
export async function settleModelCall(
  db: Querier,
  { id, inputTokens, outputTokens, microdollars }: SettledCall,
): Promise<void> {
  await db
    .updateTable("modelCalls")
    .set({ inputTokens, outputTokens, costMicrodollars: microdollars })
    .where("id", "=", id)
    .where("costMicrodollars", "is", null)
    .execute();
}

/** What was spent on an application, with all its tries. */
export async function taskSpend(db: Querier, taskId: string): Promise<ModelSpend> {
  const { rows } = await sql<{
    calls: number;
    inputTokens: number;
    outputTokens: number;
    microdollars: number;
  }>`
    select count(*)::int as calls,
      coalesce(sum(input_tokens), 0)::float8 as input_tokens,
      coalesce(sum(output_tokens), 0)::float8 as output_tokens,
      coalesce(sum(${counted}), 0)::float8 as microdollars
    from model_calls where task_id = ${taskId}
  `.execute(db);
  const { calls = 0, inputTokens = 0, outputTokens = 0, microdollars = 0 } = rows[0] ?? {};
  return { calls, inputTokens, outputTokens, usd: microdollars / 1_000_000 };
}
