import type { Logger, Secret } from "@valet/runtime";
import { z } from "zod";
import type { Conversation, ModelAnswer, Question } from "./model-answer.ts";
import { anthropic } from "./providers/anthropic.ts";
import { openai } from "./providers/openai.ts";
import type {
  Provider,
  ProviderInput,
  ProviderReply,
  ProviderRequest,
} from "./providers/provider.ts";

export const providerNames = ["anthropic", "openai"] as const;
export type ProviderName = (typeof providerNames)[number];

export interface Model {
  /**
   * Asks once. What is to be expected of a model is a value; the signal's reason is thrown when it is aborted.
   * That an answer has the shape of the schema says nothing of whether it is true.
   */
  ask<Schema extends z.ZodObject>(
    question: Question<Schema>,
    signal: AbortSignal,
  ): Promise<ModelAnswer<z.infer<Schema>>>;
  /**
   * Goes on with a conversation that somebody else's code leads: a text, or with a schema an object. The same
   * outcomes as `ask`, but whether the object has the schema's shape is for whoever gave the schema to check.
   */
  complete(conversation: Conversation, signal: AbortSignal): Promise<ModelAnswer<unknown>>;
}

export interface ModelInput {
  /** Whose protocol is spoken; Anthropic's unless given. */
  readonly provider?: ProviderName;
  /** A server of one's own may want none. */
  readonly apiKey?: Secret | undefined;
  /** As the provider names it. */
  readonly model: string;
  /** Where the protocol is spoken; the provider's own address unless given. */
  readonly baseUrl?: string | undefined;
  /** For one question with all its tries, in milliseconds; a minute unless given. */
  readonly timeoutMs?: number;
  /** How often a question is sent again when the provider has too much to do; twice unless given. */
  readonly maxRetries?: number;
  /** Gets names, counts and times, and no word of a question or an answer. */
  readonly log?: Logger;
}

/** Larger questions, in characters with their images, are not sent: no provider takes them, and they cost time. */
const maxQuestionSize = 8_000_000;

const providers: Readonly<Record<ProviderName, (input: ProviderInput) => Provider>> = {
  anthropic,
  openai,
};

/** A model behind one of the protocols. Its client is loaded with the first question. */
export function createModel(input: ModelInput): Model {
  const { provider: name = "anthropic", model, timeoutMs = 60_000, log } = input;
  const { apiKey, baseUrl, maxRetries = 2 } = input;
  const provider = providers[name]({ apiKey, model, baseUrl, timeoutMs, maxRetries });

  async function send<Value>(
    request: ProviderRequest,
    accept: (said: unknown) => Value | undefined,
    signal: AbortSignal,
  ): Promise<ModelAnswer<Value>> {
    signal.throwIfAborted();
    const start = performance.now();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const reply: ProviderReply = isTooLarge(request)
      ? { kind: "rejected_request" }
      : await provider.send(request, limit);
    signal.throwIfAborted();
    const answer = answerOf(reply, accept, limit);
    const durationMs = Math.round(performance.now() - start);
    const status = reply.kind === "said" ? 200 : reply.status;
    const fields = { model, kind: answer.kind, status, durationMs, ...answer.usage };
    if (answer.kind === "answered") log?.info(fields, "the model answered");
    else log?.warn(fields, "the model did not answer");
    return answer;
  }

  return {
    ask({ system, text, schema, maxOutputTokens }, signal) {
      const asked = z.toJSONSchema(schema, { io: "input" });
      const request = { system, content: { read: text }, schema: asked, maxOutputTokens };
      return send(request, (said) => schema.safeParse(said).data, signal);
    },
    complete({ system, messages, schema, maxOutputTokens }, signal) {
      const request = { system, content: { messages }, maxOutputTokens };
      if (schema === undefined) return send(request, (said) => Words.safeParse(said).data, signal);
      return send({ ...request, schema }, (said) => AnyObject.safeParse(said).data, signal);
    },
  };
}

const Words = z.string().regex(/\S/u);
const AnyObject = z.record(z.string(), z.unknown());

function isTooLarge(request: ProviderRequest): boolean {
  return JSON.stringify(request).length > maxQuestionSize;
}

function answerOf<Value>(
  reply: ProviderReply,
  accept: (said: unknown) => Value | undefined,
  limit: AbortSignal,
): ModelAnswer<Value> {
  if (reply.kind !== "said") {
    // A client that is made to stop says no more than that the connection is gone.
    const kind = reply.kind === "unreachable" && limit.aborted ? "timeout" : reply.kind;
    return reply.usage === undefined ? { kind } : { kind, usage: reply.usage };
  }
  const { usage } = reply;
  const value = accept(reply.value);
  return value === undefined ? { kind: "malformed", usage } : { kind: "answered", value, usage };
}
