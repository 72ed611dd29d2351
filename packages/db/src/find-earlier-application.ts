import type { Outcome, TaskState } from "@valet/contracts";
import type { Querier } from "./connect.ts";
import { listLiveIntents } from "./intents.ts";
import { type TaskRow, taskRowOf } from "./task-row.ts";

export interface EarlierApplication {
  readonly taskId: string;
  readonly state: TaskState;
  readonly outcome: Outcome | null;
}

/** What keeps this person from applying for this job: an application on its way, or one that may have arrived. */
export async function findEarlierApplication(
  db: Querier,
  { userId, jobKey }: { readonly userId: string; readonly jobKey: string },
): Promise<EarlierApplication | undefined> {
  const [intent] = await listLiveIntents(db, { userId, jobKeys: [jobKey] });
  const row = await db
    .selectFrom("tasks")
    .selectAll()
    .where("userId", "=", userId)
    .where((eb) =>
      intent === undefined
        ? eb.and([eb("jobKey", "=", jobKey), eb("finishedAt", "is", null)])
        : eb("id", "=", intent.taskId),
    )
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : earlierOf(taskRowOf(row));
}

function earlierOf({ id, state, outcome }: TaskRow): EarlierApplication {
  return { taskId: id, state, outcome };
}
