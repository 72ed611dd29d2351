import type { TaskEvent } from "@valet/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useEvents } from "./live-context.ts";

interface LookAgain {
  readonly queryKey: readonly unknown[];
  /** After which events there may be something else to see. */
  readonly isTurn: (event: TaskEvent) => boolean;
  /** In milliseconds: of many events that come together one makes it look. */
  readonly settleMs: number;
}

/** Fetches anew, soon after such an event, what no event carries. */
export function useLookAgain({ queryKey, isTurn, settleMs }: LookAgain): void {
  const queries = useQueryClient();
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEvents((events) => {
    if (!events.some(isTurn)) return;
    // Not put off for as long as events come: it would never be done.
    settling.current ??= setTimeout(() => {
      settling.current = undefined;
      void queries.invalidateQueries({ queryKey });
    }, settleMs);
  });
  useEffect(
    () => () => {
      clearTimeout(settling.current);
      settling.current = undefined;
    },
    [],
  );
}
