import { type Engine, type ModelFor, createBlanking, openEngine } from "@valet/ai";
import { EngineName, type PlannedField } from "@valet/contracts";
import { type Db, type ModelUse, getProfile, listTaskAnswers } from "@valet/db";
import type { FormPage } from "@valet/forms";
import type { Logger } from "@valet/runtime";
import type { LiveSession } from "./live-sessions.ts";

/** Whose page an engine is to look at, and for whom it is paid. */
export interface EngineSession {
  readonly taskId: string;
  readonly userId: string;
  readonly live: LiveSession;
  readonly form: FormPage;
  /** Of what it says nothing may reach a model. */
  readonly plan: readonly PlannedField[];
}

/** The browser agents that this worker has. */
export interface Engines {
  /** In the order in which they are asked. */
  readonly names: readonly EngineName[];
  /** One that does not start answers every question with a failure: the next one is asked then. */
  readonly open: (name: EngineName, session: EngineSession, signal: AbortSignal) => Promise<Engine>;
}

interface EnginesInput {
  readonly db: Db;
  /** Undefined where no model is configured: then there are no engines either. */
  readonly modelFor: ModelFor<ModelUse> | undefined;
  readonly log: Logger;
}

export function createEngines({ db, modelFor, log }: EnginesInput): Engines {
  return {
    names: modelFor === undefined ? [] : EngineName.options,
    async open(name, { taskId, userId, live, form, plan }, signal) {
      if (modelFor === undefined) throw new Error("There is no model to ask.");
      const { page, relayUrl } = live;
      const [profile, answers] = await Promise.all([
        getProfile(db, userId),
        listTaskAnswers(db, taskId),
      ]);
      const facts = [
        ...new Set(
          textsIn([profile, answers.map(({ answer }) => answer), plan.map(({ value }) => value)]),
        ),
      ];
      const lists = form.fields.map(({ options }) => options);
      const model = modelFor({ purpose: name, userId, about: { taskId } });
      const blanking = createBlanking({ page, facts, lists });
      const own = log.child({ taskId });
      return openEngine(name, { relayUrl, page, model, blanking, log: own }, signal);
    },
  };
}

/** Every text and number in it, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => textsIn(one));
}
