import type { ValetClient } from "@valet/client";
import type { Live } from "../live/create-live.ts";
import { createContext, use } from "react";

/** What every page stands on; `main.tsx` makes it. */
export interface ConsoleDeps {
  readonly client: ValetClient;
  readonly live: Live;
}

export const ConsoleContext = createContext<ConsoleDeps | undefined>(undefined);

export function useConsole(): ConsoleDeps {
  const deps = use(ConsoleContext);
  if (deps === undefined) throw new Error("There is no console around this component.");
  return deps;
}
