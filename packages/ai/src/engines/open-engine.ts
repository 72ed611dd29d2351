import type { EngineName } from "@valet/contracts";
import type { Pointer, SmallAction } from "@valet/forms";
import type { Engine, EngineAnswer } from "./engine.ts";
import type { Model } from "../create-model.ts";
import type { Blanking } from "./create-blanking.ts";
import { openMagnitude } from "./open-magnitude.ts";
import { openStagehand } from "./open-stagehand.ts";
import type {
  Ask,
  Pointed,
  PointingAgent,
  PointingAgentInput,
  PointQuestion,
} from "./pointing-agent.ts";

export interface EngineInput extends PointingAgentInput {
  readonly model: Pick<Model, "complete">;
  readonly blanking: Blanking;
  /** For one question with all it takes, in milliseconds; 90 seconds unless given. */
  readonly limitMs?: number;
}

type Failed = Extract<EngineAnswer<never>, { kind: "failed" }>;

const agents: Readonly<
  Record<EngineName, (input: PointingAgentInput, signal: AbortSignal) => Promise<PointingAgent>>
> = { stagehand: openStagehand, magnitude: openMagnitude };

const longestAnswerTokens = 2_000;

/**
 * Brings an engine to a live session. Its code is loaded now, at its first use in this process. What cannot be
 * loaded or cannot attach answers every question with `engine_failed`; the signal's reason is thrown when it is
 * aborted.
 */
export async function openEngine(
  name: EngineName,
  input: EngineInput,
  signal: AbortSignal,
): Promise<Engine> {
  const { log, limitMs = 90_000 } = input;
  const started = await start(name, input, signal);
  let closing: Promise<void> | undefined;

  async function ask<Value>(
    question: PointQuestion,
    read: (pointed: Pointed) => Value | undefined,
    signal: AbortSignal,
  ): Promise<EngineAnswer<Value>> {
    signal.throwIfAborted();
    if (started === undefined || closing !== undefined) return failed("engine_failed");
    const startMs = performance.now();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const door = createDoor(input, question, limit);
    const answer = await answerOf(started, { question, door, read, limit });
    signal.throwIfAborted();
    const durationMs = Math.round(performance.now() - startMs);
    const why = answer.kind === "failed" ? answer.why : undefined;
    log.info({ engine: name, about: question.about, kind: answer.kind, why, durationMs }, "asked");
    return answer;
  }

  return {
    name,
    locate: (field, signal) => ask({ about: "locate", field, done: [] }, ({ at }) => at, signal),
    extract: (field, signal) => ask({ about: "extract", field, done: [] }, ({ at }) => at, signal),
    act: (field, done, signal) => ask({ about: "act", field, done }, toAction, signal),
    close: () => (closing ??= started?.close() ?? Promise.resolve()),
  };

  async function answerOf<Value>(
    agent: PointingAgent,
    asked: {
      readonly question: PointQuestion;
      readonly door: Door;
      readonly read: (pointed: Pointed) => Value | undefined;
      readonly limit: AbortSignal;
    },
  ): Promise<EngineAnswer<Value>> {
    const { question, door, read, limit } = asked;
    try {
      const pointed = await orAborted(agent.point(question, door.ask, limit), limit);
      if (door.failure() !== undefined) return door.failure() ?? failed("engine_failed");
      const value = pointed === undefined ? undefined : read(pointed);
      return value === undefined ? { kind: "nothing" } : { kind: "answered", value };
    } catch (error) {
      if (limit.aborted) return failed("timeout");
      const known = door.failure();
      if (known !== undefined) return known;
      log.warn({ engine: name, err: withoutWords(error) }, "an engine failed");
      return failed("engine_failed");
    }
  }
}

async function start(
  name: EngineName,
  input: PointingAgentInput,
  signal: AbortSignal,
): Promise<PointingAgent | undefined> {
  try {
    return await agents[name](input, signal);
  } catch (error) {
    signal.throwIfAborted();
    input.log.warn({ engine: name, err: withoutWords(error) }, "no engine to ask");
    return undefined;
  }
}

interface Door {
  readonly ask: Ask;
  /** Why there was no answer, whatever the engine made of that. */
  readonly failure: () => Failed | undefined;
}

function createDoor(
  { model, blanking, log }: EngineInput,
  { field }: PointQuestion,
  signal: AbortSignal,
): Door {
  let failure: Failed | undefined;
  const keep = [field.label, ...(field.section === undefined ? [] : [field.section])];

  function fail(why: Failed["why"]): Error {
    failure ??= failed(why);
    return new Error("There is no answer.");
  }

  return {
    failure: () => failure,
    async ask(conversation) {
      signal.throwIfAborted();
      const blanked = await blanking.blank(conversation, { keep }, signal).catch((error) => {
        if (signal.aborted) throw error;
        log.warn({ err: withoutWords(error) }, "nothing was sent to a model");
        throw fail("engine_failed");
      });
      if (blanked.kind !== "blanked") {
        throw fail(blanked.kind === "too_long" ? "cut_off" : "engine_failed");
      }
      const { maxOutputTokens, ...rest } = blanked.conversation;
      const bounded = { ...rest, maxOutputTokens: Math.min(maxOutputTokens, longestAnswerTokens) };
      const answer = await model.complete(bounded, signal);
      if (answer.kind !== "answered") throw fail(answer.kind);
      return answer.value;
    },
  };
}

function toAction({ do: what, at }: Pointed): SmallAction | undefined {
  return what === undefined ? undefined : { do: what, at: at satisfies Pointer };
}

function failed(why: Failed["why"]): Failed {
  return { kind: "failed", why };
}

/** The errors of engines quote what they were asked and what they saw. */
function withoutWords(error: unknown): Error {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return new Error(`${name}${code}`);
}

async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  work.catch(() => undefined); // late, nobody waits for it
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
