import type { Posting } from "@valet/contracts";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** Keeps what the page of a job says of it, in the place of what an earlier look found. */
export async function notePosting(
  db: Querier,
  { taskId, posting }: { readonly taskId: string; readonly posting: Posting },
): Promise<void> {
  await db
    .updateTable("tasks")
    .set({ posting: jsonValue(posting) })
    .where("id", "=", taskId)
    .execute();
}
