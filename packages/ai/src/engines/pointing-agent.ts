import type { Pointer, SmallAction } from "@valet/forms";
import type { Logger } from "@valet/runtime";
import type { Page } from "playwright";
import type { FieldToHelp } from "./engine.ts";
import type { Conversation } from "../model-answer.ts";

export interface PointQuestion {
  readonly about: "locate" | "act" | "extract";
  readonly field: FieldToHelp;
  /** For `act`: what was done before. */
  readonly done: readonly SmallAction[];
}

/** Where it points; what to do there matters for `act` alone. */
export interface Pointed {
  readonly do?: SmallAction["do"] | undefined;
  readonly at: Pointer;
}

/**
 * The one way to a model. What is asked has lost everything private before it leaves.
 *
 * @throws when there is no answer; why is known to whoever gave the function.
 */
export type Ask = (conversation: Conversation) => Promise<unknown>;

/** What an engine is made of, without its limits and its outcomes. */
export interface PointingAgent {
  /** Undefined where it points nowhere, or wants what is no small action. */
  point(question: PointQuestion, ask: Ask, signal: AbortSignal): Promise<Pointed | undefined>;
  /** Lets go of the page and of whatever it has open; also when the browser is gone. */
  close(): Promise<void>;
}

export interface PointingAgentInput {
  /** The session's address at its host's relay: its ticket, its fence. */
  readonly relayUrl: string;
  /** The page, attached by whoever drives it. */
  readonly page: Page;
  readonly log: Logger;
}
