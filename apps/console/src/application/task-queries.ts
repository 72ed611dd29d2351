import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

export function taskQuery(client: ValetClient, taskId: string) {
  return queryOptions({
    queryKey: ["task", taskId],
    queryFn: ({ signal }) => client.getTask(taskId, signal),
  });
}

export function runQuery(client: ValetClient, taskId: string) {
  return queryOptions({
    queryKey: ["run", taskId],
    queryFn: ({ signal }) => client.getRun(taskId, signal),
  });
}
