import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

/** Who is signed in; fails with `UNAUTHORIZED` where nobody is. */
export function whoAmIQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => client.whoAmI(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
