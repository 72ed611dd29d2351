import { type Engine, type ModelFor, createBlanking, openEngine } from "@valet/ai";
import { EngineName } from "@valet/contracts";
import type { ModelUse } from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { LiveSession } from "./live-sessions.ts";

/** Whose page an engine is to look at, and for whom it is paid. */
export interface EngineSession {
  readonly taskId: string;
  readonly userId: string;
  readonly live: LiveSession;
  /** Texts of which none may reach a model. */
  readonly facts: readonly string[];
  /** The options of the form's lists, list by list. */
  readonly lists: readonly (readonly string[])[];
}

/** The browser agents that this worker has. */
export interface Engines {
  /** In the order in which they are asked. */
  readonly names: readonly EngineName[];
  /** One that does not start answers every question with a failure: the next one is asked then. */
  readonly open: (name: EngineName, session: EngineSession, signal: AbortSignal) => Promise<Engine>;
}

interface EnginesInput {
  /** Undefined where no model is configured: then there are no engines either. */
  readonly modelFor: ModelFor<ModelUse> | undefined;
  readonly log: Logger;
}

export function createEngines({ modelFor, log }: EnginesInput): Engines {
  return {
    names: modelFor === undefined ? [] : EngineName.options,
    async open(name, { taskId, userId, live, facts, lists }, signal) {
      if (modelFor === undefined) throw new Error("There is no model to ask.");
      const { page, relayUrl } = live;
      const model = modelFor({ purpose: name, userId, about: { taskId } });
      const blanking = createBlanking({ page, facts, lists });
      const own = log.child({ taskId });
      return openEngine(name, { relayUrl, page, model, blanking, log: own }, signal);
    },
  };
}
