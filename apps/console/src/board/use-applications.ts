import type { ValetClient } from "@valet/client";
import type { ListedTask, RunFilters, TaskEvent } from "@valet/contracts";
import {
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { useConsole } from "../app/console-context.ts";
import { useEvents, useLive } from "../live/live-context.ts";
import { type BoardRow, arrangeRows } from "./arrange-rows.ts";
import { askingKey, listedKey } from "./follow-events.tsx";
import { type TaskPages, withFresh, withNewest } from "./task-pages.ts";

const pageSize = 100;
/** As many as somebody could want to look through that wait for them. */
const mostAsking = 500;
const settleMs = 400;
const queueLookMs = 5_000;

export interface Applications {
  readonly rows: readonly BoardRow[];
  readonly tasks: readonly ListedTask[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
}

/** A person's applications by these filters, as they are now. */
export function useApplications(filters: RunFilters): Applications {
  const { client } = useConsole();
  const live = useLive();
  const queries = useQueryClient();
  const keys = useMemo(() => keysOf(filters), [filters]);
  const asking = useQuery({
    queryKey: keys.asking,
    queryFn: async ({ signal }) => {
      await live.ready();
      const [waiting, unconfirmed] = await Promise.all([
        listUpTo(client, { ...filters, waiting: true }, signal),
        filters.outcome === undefined || filters.outcome === "unconfirmed"
          ? listUpTo(client, { ...filters, outcome: "unconfirmed" }, signal)
          : [],
      ]);
      return [...waiting, ...unconfirmed];
    },
  });
  const listed = useInfiniteQuery({
    queryKey: keys.listed,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      await live.ready();
      const cursor = pageParam === undefined ? {} : { cursor: pageParam };
      return client.listTasks({ ...filters, limit: pageSize, ...cursor }, signal);
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Events keep it as it is: loading all pages again would be fifty requests for 5,000.
    staleTime: Number.POSITIVE_INFINITY,
  });
  useFreshness({ queries, client, keys, filters });
  const rows = useMemo(
    () =>
      arrangeRows({
        asking: asking.data ?? [],
        listed: listed.data?.pages.flatMap(({ tasks }) => tasks) ?? [],
      }),
    [asking.data, listed.data],
  );
  const tasks = useMemo(
    () => rows.flatMap((row) => (row.kind === "task" ? [row.task] : [])),
    [rows],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = listed;
  return {
    rows,
    tasks,
    isLoading: listed.isPending || asking.isPending,
    error: listed.error ?? asking.error,
    retry: () => void Promise.all([listed.refetch(), asking.refetch()]),
    hasMore: hasNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}

function keysOf(filters: RunFilters) {
  return {
    asking: [...askingKey, filters] as const,
    listed: [...listedKey, filters] as const,
    places: ["tasks", "places", filters] as const,
  };
}

async function listUpTo(
  client: ValetClient,
  filter: RunFilters & { readonly waiting?: boolean },
  signal: AbortSignal,
): Promise<ListedTask[]> {
  const found: ListedTask[] = [];
  let cursor: string | null = null;
  do {
    const next = cursor === null ? {} : { cursor };
    const page = await client.listTasks({ ...filter, limit: pageSize, ...next }, signal);
    found.push(...page.tasks);
    cursor = page.nextCursor;
  } while (cursor !== null && found.length < mostAsking);
  return found;
}

interface Freshness {
  readonly queries: QueryClient;
  readonly client: ValetClient;
  readonly keys: ReturnType<typeof keysOf>;
  readonly filters: RunFilters;
}

/** What no event says is fetched soon after it, once for many. */
function useFreshness({ queries, client, keys, filters }: Freshness): void {
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const update = (change: (data: TaskPages) => TaskPages) =>
    queries.setQueryData<TaskPages>(keys.listed, (data) =>
      data === undefined ? data : change(data),
    );
  const lookAgain = async () => {
    void queries.invalidateQueries({ queryKey: keys.asking });
    const { tasks } = await client.listTasks({ ...filters, limit: pageSize });
    update((data) => withNewest(data, tasks));
  };
  const soon = () => {
    // Not put off for as long as events come: it would never be done.
    settling.current ??= setTimeout(() => {
      settling.current = undefined;
      // Whoever looks next looks again.
      lookAgain().catch(() => undefined);
    }, settleMs);
  };
  useEvents((events) => {
    if (events.some(isTurn)) soon();
  });
  const onOpened = useEffectEvent(() => {
    // Loaded before another page was looked at: what was made meanwhile is not in it.
    if (queries.getQueryData(keys.listed) !== undefined) soon();
  });
  useEffect(() => {
    onOpened();
    return () => {
      clearTimeout(settling.current);
      settling.current = undefined;
    };
  }, [keys]);
  useQuery({
    queryKey: keys.places,
    queryFn: async ({ signal }) => {
      const { tasks } = await client.listTasks(
        { ...filters, state: "queued", limit: pageSize },
        signal,
      );
      update((data) => withFresh(data, tasks));
      return null;
    },
    // Why one waits changes with all the others, and no event says so.
    enabled: () => filters.state === undefined || filters.state === "queued",
    refetchInterval: () => (waitsForStart(queries.getQueryData(keys.listed)) ? queueLookMs : false),
    staleTime: queueLookMs,
  });
}

/** After these a list may hold other ones, or in another order. */
function isTurn({ type }: TaskEvent): boolean {
  return type !== "progress" && type !== "field_review" && type !== "submit_pressed";
}

function waitsForStart(data: TaskPages | undefined): boolean {
  return data?.pages.some(({ tasks }) => tasks.some(({ queue }) => queue !== null)) === true;
}
