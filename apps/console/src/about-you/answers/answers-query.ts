import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

export function answersQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["answers"],
    queryFn: ({ signal }) => client.listAnswers({}, signal),
  });
}
