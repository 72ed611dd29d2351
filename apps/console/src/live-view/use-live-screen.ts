import { isValetError } from "@valet/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useConsole } from "../app/console-context.ts";
import { type LiveScreen, createLiveScreen } from "./create-live-screen.ts";
import { type LiveStanding, firstStanding } from "./live-standing.ts";

export interface ShownScreen {
  readonly standing: LiveStanding;
  /** Undefined until there is something to tell. */
  readonly screen: LiveScreen | undefined;
  /** For the element that the picture goes into. */
  readonly setPlace: (place: HTMLElement | null) => void;
}

const nothingShown: Omit<ShownScreen, "setPlace"> = { standing: firstStanding, screen: undefined };

/** A live browser for as long as its place is on the page. */
export function useLiveScreen(taskId: string, isSmall: boolean): ShownScreen {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const [{ standing, screen }, setShown] = useState(nothingShown);
  useEffect(() => {
    if (place === null) return;
    const opened = createLiveScreen({
      client,
      taskId,
      place,
      isSmall,
      // Never before it is made: what it tells comes from a server.
      onChange: (now) => setShown({ standing: now, screen: opened }),
    });
    return () => {
      opened.close();
      setShown(nothingShown);
    };
  }, [client, taskId, place, isSmall]);
  const isSignedOut =
    isValetError(standing.error, "UNAUTHORIZED") || standing.notice === "not_allowed";
  useEffect(() => {
    // Who asks for themselves then is led to sign in.
    if (isSignedOut) void queries.invalidateQueries({ queryKey: ["me"] });
  }, [isSignedOut, queries]);
  return { standing, screen, setPlace };
}
