import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

const most = 20;

export function batchesQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["batches"],
    queryFn: ({ signal }) => client.listBatches({ limit: most }, signal),
  });
}
