import { HeldUpBy, type QueuePlace } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import type { TaskRow } from "./task-row.ts";

/** Where those of these applications stand that have not been started; of one person. */
export async function queuePlaces(
  db: Querier,
  userId: string,
  tasks: readonly TaskRow[],
): Promise<ReadonlyMap<string, QueuePlace>> {
  const waiting = tasks.filter(({ state, admittedAt }) => state === "queued" && !admittedAt);
  if (waiting.length === 0) return new Map();
  const { rows } = await sql<{ id: string; behind: number }>`
    select id, (row_number() over (order by priority desc, created_at, id) - 1)::integer as behind
    from tasks
    where user_id = ${userId} and state = 'queued' and admitted_at is null
      and (not_before is null or not_before <= now())
  `.execute(db);
  const behind = new Map(rows.map((row) => [row.id, row.behind]));
  return new Map(waiting.map((task) => [task.id, placeOf(task, behind.get(task.id))]));
}

/** Whose time has not come stands behind nobody. */
function placeOf(
  { heldUpBy, heldUpUntil, notBefore }: TaskRow,
  behind: number | undefined,
): QueuePlace {
  if (behind === undefined) {
    const until = notBefore?.toISOString() ?? null;
    return { behind: 0, heldUpBy: until === null ? null : "not_before", until };
  }
  const said = HeldUpBy.nullable().parse(heldUpBy);
  const until = heldUpUntil?.toISOString() ?? null;
  return { behind, heldUpBy: said ?? (behind > 0 ? "turn" : null), until };
}
