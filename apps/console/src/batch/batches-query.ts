import type { ValetClient } from "@valet/client";
import type { TaskEvent } from "@valet/contracts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

const most = 20;
const jobsOfPage = 100;

/** No event says that its questions were looked up. */
export const collectingLookMs = 3_000;
export const settleMs = 1_000;

/** After these a batch may have come further. */
export function isBatchTurn({ type }: Pick<TaskEvent, "type">): boolean {
  return type !== "progress";
}

export function batchesQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["batches"],
    queryFn: ({ signal }) => client.listBatches({ limit: most }, signal),
  });
}

/** One batch with its jobs, in pages. */
export function batchQuery(client: ValetClient, batchId: string) {
  return infiniteQueryOptions({
    queryKey: ["batches", batchId],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      client.getBatch(batchId, { after: pageParam, limit: jobsOfPage }, signal),
    getNextPageParam: ({ nextLine }) => nextLine,
  });
}
