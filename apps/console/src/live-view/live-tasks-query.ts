import type { ValetClient } from "@valet/client";
import type { ListedTask } from "@valet/contracts";
import { queryOptions } from "@tanstack/react-query";
import { needsPerson } from "../board/arrange-rows.ts";
import { browserStates } from "./may-have-browser.ts";

/** Of each state; more than anybody can look at. */
const mostAState = 25;

/** Those that may have a browser now: who needs the person first, and the longest at it before the others. */
export function liveTasksQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["tasks", "live"],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        browserStates.map((state) => client.listTasks({ state, limit: mostAState }, signal)),
      );
      return pages.flatMap(({ tasks }) => tasks).toSorted(byNeed);
    },
  });
}

function byNeed(one: ListedTask, other: ListedTask): number {
  const asks = Number(needsPerson(other)) - Number(needsPerson(one));
  if (asks !== 0) return asks;
  return one.createdAt < other.createdAt ? -1 : Number(one.createdAt > other.createdAt);
}
