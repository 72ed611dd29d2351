import type { Engine } from "@valet/ai";
import type { EngineName, PlannedField } from "@valet/contracts";
import type { LiveSession } from "./live-sessions.ts";

/** Whose page an engine is to look at, and for whom it is paid. */
export interface EngineSession {
  readonly taskId: string;
  readonly userId: string;
  readonly live: LiveSession;
  /** Of what it says nothing may reach a model. */
  readonly plan: readonly PlannedField[];
}

/** The browser agents that this worker has. */
export interface Engines {
  /** In the order in which they are asked. */
  readonly names: readonly EngineName[];
  /** Undefined where it does not start: the next one is asked then. */
  readonly open: (
    name: EngineName,
    session: EngineSession,
    signal: AbortSignal,
  ) => Promise<Engine | undefined>;
}

export const noEngines: Engines = { names: [], open: async () => undefined };
