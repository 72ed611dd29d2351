import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

export function resumesQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["resumes"],
    queryFn: ({ signal }) => client.listResumes(signal),
  });
}
