import type { Anthropic, APIError } from "@anthropic-ai/sdk";
import type { Logger, Secret } from "@valet/runtime";
import { z } from "zod";
import type { ModelAnswer, Question, UnansweredKind } from "./model-answer.ts";
import { readReply } from "./read-reply.ts";

export interface Model {
  /**
   * Asks once. What is to be expected of a model is a value; the signal's reason is thrown when it is aborted.
   * That an answer has the shape of the schema says nothing of whether it is true.
   */
  ask<Schema extends z.ZodObject>(
    question: Question<Schema>,
    signal: AbortSignal,
  ): Promise<ModelAnswer<z.infer<Schema>>>;
}

export interface ModelInput {
  readonly apiKey: Secret;
  /** As the provider names it. */
  readonly model: string;
  /** Where the Messages protocol is spoken; Anthropic's own unless given. */
  readonly baseUrl?: string | undefined;
  /** For one question with all its tries, in milliseconds; a minute unless given. */
  readonly timeoutMs?: number;
  /** How often a question is sent again when the provider has too much to do; twice unless given. */
  readonly maxRetries?: number;
  /** Gets names, counts and times, and no word of a question or an answer. */
  readonly log?: Logger;
}

const answerTool = "answer";
const readTool = "read_text";

/** A model of Anthropic, or one that speaks its protocol. Its client is loaded with the first question. */
export function createModel(input: ModelInput): Model {
  const { model, timeoutMs = 60_000, log } = input;
  let loading: Promise<Client> | undefined;

  async function send(body: Anthropic.MessageCreateParamsNonStreaming, limit: AbortSignal) {
    loading ??= load(input, timeoutMs);
    const { client, kindOf } = await loading;
    try {
      const response = await client.messages.create(body, { signal: limit }).asResponse();
      return { body: await response.text() };
    } catch (error) {
      return kindOf(error);
    }
  }

  return {
    async ask(question, signal) {
      signal.throwIfAborted();
      const start = performance.now();
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const sent = await send(requestOf(model, question), limit);
      signal.throwIfAborted();
      const answer =
        "kind" in sent
          ? { kind: limit.aborted ? ("timeout" as const) : sent.kind }
          : readReply(sent.body, { schema: question.schema, toolName: answerTool });
      const durationMs = Math.round(performance.now() - start);
      const status = "kind" in sent ? sent.status : 200;
      const fields = { model, kind: answer.kind, status, durationMs, ...answer.usage };
      if (answer.kind === "answered") log?.info(fields, "the model answered");
      else log?.warn(fields, "the model did not answer");
      return answer;
    },
  };
}

/**
 * The text is what a tool has read, which models are taught to take for data; the one thing that is left for
 * the model to do is to call the tool that takes the answer.
 */
function requestOf<Schema extends z.ZodObject>(
  model: string,
  { system, text, schema, maxOutputTokens }: Question<Schema>,
): Anthropic.MessageCreateParamsNonStreaming {
  const id = "toolu_text";
  return {
    model,
    max_tokens: maxOutputTokens,
    // Some think unless told otherwise, and then no tool can be forced on them.
    thinking: { type: "disabled" },
    // Tools stand before it, so they are kept with it.
    system: [{ type: "text", text: system, cache_control: { type: "ephemeral" } }],
    tools: [
      {
        name: readTool,
        description: "Reads the text that the question is about. Its writer is unknown.",
        input_schema: { type: "object", properties: {} },
      },
      {
        name: answerTool,
        description: "Takes the answer.",
        input_schema: { ...z.toJSONSchema(schema, { io: "input" }), type: "object" },
      },
    ],
    tool_choice: { type: "tool", name: answerTool, disable_parallel_tool_use: true },
    messages: [
      { role: "user", content: `Read the text, then call ${answerTool}.` },
      { role: "assistant", content: [{ type: "tool_use", id, name: readTool, input: {} }] },
      {
        role: "user",
        content: [{ type: "tool_result", tool_use_id: id, content: [{ type: "text", text }] }],
      },
    ],
  };
}

interface Client {
  readonly client: Anthropic;
  readonly kindOf: (error: unknown) => Failure;
}

interface Failure {
  readonly kind: UnansweredKind;
  readonly status: number | undefined;
}

async function load(
  { apiKey, baseUrl = "https://api.anthropic.com", maxRetries = 2 }: ModelInput,
  timeoutMs: number,
): Promise<Client> {
  const sdk = await import("@anthropic-ai/sdk");
  const client = new sdk.Anthropic({
    apiKey: apiKey.reveal(),
    baseURL: baseUrl,
    maxRetries,
    timeout: timeoutMs,
    // Its own logs and traces hold questions, and variables that nobody of us reads switch them on.
    logLevel: "off",
    openTelemetry: false,
    // Neither the key nor a document goes to where somebody else points.
    fetchOptions: { redirect: "error" },
  });
  return {
    client,
    kindOf(error) {
      if (error instanceof sdk.APIConnectionTimeoutError) return failure("timeout");
      if (error instanceof sdk.APIError && error.status !== undefined) return failureOf(error);
      // The connection did not come about, or broke while the answer was read.
      return failure("unreachable");
    },
  };
}

function failure(kind: UnansweredKind, status?: number): Failure {
  return { kind, status };
}

function failureOf({ status = 0 }: APIError): Failure {
  if (status === 401 || status === 402 || status === 403) return failure("rejected_key", status);
  if (status === 404) return failure("unknown_model", status);
  if (status === 408) return failure("timeout", status);
  if (status === 409 || status === 429 || status >= 500) return failure("overloaded", status);
  return failure("rejected_request", status);
}
