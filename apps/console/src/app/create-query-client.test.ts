import { QueryObserver, notifyManager } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createQueryClient } from "./create-query-client.ts";

test("who waits for a look to be done finds that pages have been told of what it saw", async () => {
  const queries = createQueryClient(() => undefined);
  let stored = "before";
  let shown: unknown;
  const observer = new QueryObserver(queries, { queryKey: ["words"], queryFn: () => stored });
  // As `useQuery` listens.
  const stop = observer.subscribe(
    notifyManager.batchCalls(({ data }) => {
      shown = data;
    }),
  );
  await queries.refetchQueries({ queryKey: ["words"] });

  stored = "after";
  await queries.invalidateQueries({ queryKey: ["words"] });
  expect(shown).toBe("after");
  stop();
  queries.clear();
});
