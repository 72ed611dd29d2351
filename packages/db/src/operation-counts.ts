import { sql } from "kysely";
import type { Querier } from "./connect.ts";

/** Of everybody: counts and sums, nothing that leads to a person. */
export interface OperationCounts {
  readonly tasks: readonly {
    readonly state: string;
    readonly site: string;
    readonly count: number;
  }[];
  readonly ended: readonly {
    readonly outcome: string;
    readonly reason: string;
    readonly site: string;
    readonly count: number;
  }[];
  /** Tries of a step after its first. */
  readonly retries: readonly { readonly step: string; readonly count: number }[];
  /** How long people were waited for, by what for and how it ended. */
  readonly humanWaits: readonly {
    readonly kind: string;
    readonly state: string;
    readonly count: number;
    readonly seconds: number;
  }[];
}

export async function readOperationCounts(db: Querier): Promise<OperationCounts> {
  const count = sql<string>`count(*)`.as("count");
  const [live, ended, retries, waits] = await Promise.all([
    db
      .selectFrom("tasks")
      .select(["state", "platform as site", count])
      .where("finishedAt", "is", null)
      .groupBy(["state", "platform"])
      .execute(),
    db
      .selectFrom("tasks")
      .select(["outcome", "reason", "platform as site", count])
      .where("finishedAt", "is not", null)
      .groupBy(["outcome", "reason", "platform"])
      .execute(),
    db
      .selectFrom("stepRuns")
      .select(["step", count])
      .where("attempt", ">", 0)
      .groupBy("step")
      .execute(),
    db
      .selectFrom("humanSteps")
      .select(["kind", "state", count])
      .select(sql<string>`sum(extract(epoch from done_at - created_at))`.as("seconds"))
      .where("doneAt", "is not", null)
      .groupBy(["kind", "state"])
      .execute(),
  ]);
  return {
    tasks: live.map((row) => ({ ...row, count: Number(row.count) })),
    ended: ended.map(({ outcome, reason, site, ...row }) => ({
      outcome: outcome ?? "none",
      reason: reason ?? "none",
      site,
      count: Number(row.count),
    })),
    retries: retries.map((row) => ({ ...row, count: Number(row.count) })),
    humanWaits: waits.map((row) => ({
      ...row,
      count: Number(row.count),
      seconds: Number(row.seconds),
    })),
  };
}
