import type { Anthropic } from "@anthropic-ai/sdk";
import type { ConversationPart } from "../model-answer.ts";
import { failureOf } from "./failure-of.ts";
import type { Provider, ProviderInput, ProviderReply, ProviderRequest } from "./provider.ts";
import { readMessage } from "./read-message.ts";

const answerTool = "answer";
const readTool = "read_text";

/** Anthropic, or a server that speaks its Messages protocol. */
export function anthropic(input: ProviderInput): Provider {
  let loading: Promise<Client> | undefined;
  return {
    async send(request, limit) {
      loading ??= load(input);
      const { client, failureOf } = await loading;
      const body = bodyOf(input.model, request);
      try {
        const response = await client.messages.create(body, { signal: limit }).asResponse();
        return readMessage(
          await response.text(),
          request.schema === undefined ? undefined : answerTool,
        );
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function bodyOf(
  model: string,
  { system, content, schema, maxOutputTokens }: ProviderRequest,
): Anthropic.MessageCreateParamsNonStreaming {
  const isRead = "read" in content;
  const tools = [
    ...(isRead ? [readTextTool] : []),
    ...(schema === undefined ? [] : [take(schema)]),
  ];
  return {
    model,
    max_tokens: maxOutputTokens,
    // Some think unless told otherwise, and then no tool can be forced on them.
    thinking: { type: "disabled" },
    // Tools stand before it, so they are kept with it. An empty block is not taken.
    ...(system !== "" && {
      system: [{ type: "text", text: system, cache_control: { type: "ephemeral" } }],
    }),
    ...(tools.length > 0 && { tools }),
    ...(schema !== undefined && {
      tool_choice: { type: "tool", name: answerTool, disable_parallel_tool_use: true },
    }),
    messages: isRead
      ? readingOf(content.read)
      : content.messages.map(({ role, parts }) => ({ role, content: parts.map(blockOf) })),
  };
}

const readTextTool: Anthropic.Tool = {
  name: readTool,
  description: "Reads the text that the question is about. Its writer is unknown.",
  input_schema: { type: "object", properties: {} },
};

function take(schema: Readonly<Record<string, unknown>>): Anthropic.Tool {
  return {
    name: answerTool,
    description: "Takes the answer.",
    input_schema: { ...schema, type: "object" },
  };
}

/**
 * The text is what a tool has read, which models are taught to take for data; the one thing that is left for
 * the model to do is to call the tool that takes the answer.
 */
function readingOf(text: string): Anthropic.MessageParam[] {
  const id = "toolu_text";
  return [
    { role: "user", content: `Read the text, then call ${answerTool}.` },
    { role: "assistant", content: [{ type: "tool_use", id, name: readTool, input: {} }] },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: id, content: [{ type: "text", text }] }],
    },
  ];
}

function blockOf(part: ConversationPart): Anthropic.ContentBlockParam {
  if (part.kind === "text") return { type: "text", text: part.text };
  const { mediaType, base64 } = part;
  return { type: "image", source: { type: "base64", media_type: mediaType, data: base64 } };
}

interface Client {
  readonly client: Anthropic;
  readonly failureOf: (error: unknown) => ProviderReply;
}

async function load({ apiKey, baseUrl, maxRetries, timeoutMs }: ProviderInput): Promise<Client> {
  const sdk = await import("@anthropic-ai/sdk");
  const client = new sdk.Anthropic({
    apiKey: apiKey?.reveal() ?? "none",
    baseURL: baseUrl ?? "https://api.anthropic.com",
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
    failureOf: (error) => failureOf(error, sdk),
  };
}
