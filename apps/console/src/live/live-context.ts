import type { TaskEvent } from "@valet/contracts";
import { createContext, use, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { Live } from "./create-live.ts";

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === undefined) throw new Error("There is no live connection around this component.");
  return live;
}

/** Calls back with what happens to any application. */
export function useEvents(onEvents: (events: readonly TaskEvent[]) => void): void {
  const live = useLive();
  const tell = useEffectEvent(onEvents);
  useEffect(() => live.onEvents((events) => tell(events)), [live]);
}

export function useIsConnected(): boolean {
  const live = useLive();
  return useSyncExternalStore(live.onConnection, live.isConnected);
}
