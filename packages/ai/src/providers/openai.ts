import type { OpenAI } from "openai";
import { failureOf } from "./failure-of.ts";
import type { Provider, ProviderInput, ProviderReply, ProviderRequest } from "./provider.ts";
import { readCompletion } from "./read-completion.ts";

type Body = OpenAI.ChatCompletionCreateParamsNonStreaming;
type Message = OpenAI.ChatCompletionMessageParam;

/** How a server of this protocol differs from the next; learnt from what it turns down, once. */
interface Dialect {
  /** It knows a schema; else only that JSON is wanted, and the schema is told in words. */
  hasSchemas: boolean;
  limit: "max_tokens" | "max_completion_tokens";
}

/** OpenAI, or a server of one's own that speaks chat/completions: llama.cpp, vLLM, Ollama, LM Studio. */
export function openai(input: ProviderInput): Provider {
  let loading: Promise<Client> | undefined;
  const dialect: Dialect = {
    hasSchemas: true,
    // OpenAI's newer models refuse the one name, many a local server does not know the other.
    limit: input.baseUrl === undefined ? "max_completion_tokens" : "max_tokens",
  };
  return {
    async send(request, limit) {
      loading ??= load(input);
      const { client, failureOf, objectionOf } = await loading;
      for (;;) {
        const body = bodyOf(input.model, request, dialect);
        try {
          const response = await client.chat.completions
            .create(body, { signal: limit })
            .asResponse();
          return readCompletion(await response.text(), request);
        } catch (error) {
          if (!learn(dialect, body, objectionOf(error))) return failureOf(error);
        }
      }
    },
  };
}

/** Whether what the server objects to is a word of the protocol that it need not know. */
function learn(dialect: Dialect, body: Body, objection: string): boolean {
  if (/response_format|json_schema/u.test(objection) && hasSchema(body)) {
    dialect.hasSchemas = false;
    return true;
  }
  if (/\bmax_tokens\b/u.test(objection) && "max_tokens" in body) {
    dialect.limit = "max_completion_tokens";
    return true;
  }
  return false;
}

function hasSchema(body: Body): boolean {
  return body.response_format?.type === "json_schema";
}

function bodyOf(
  model: string,
  { system, content, schema, maxOutputTokens }: ProviderRequest,
  { hasSchemas, limit }: Dialect,
): Body {
  const isTold = schema !== undefined && !hasSchemas;
  const told = isTold
    ? `Answer with one JSON object of this schema: ${JSON.stringify(schema)}`
    : "";
  const instructions = [system, told].filter((text) => text !== "").join("\n\n");
  const first: Message[] = instructions === "" ? [] : [{ role: "system", content: instructions }];
  return {
    model,
    [limit]: maxOutputTokens,
    messages: [
      ...first,
      ...("read" in content ? readingOf(content.read) : content.messages.map(messageOf)),
    ],
    ...(schema !== undefined && {
      response_format: isTold
        ? { type: "json_object" }
        : { type: "json_schema", json_schema: { name: "answer", schema } },
    }),
  };
}

/** The text is what a tool has read, which models are taught to take for data. */
function readingOf(text: string): Message[] {
  const id = "call_text";
  const call = { name: "read_text", arguments: "{}" };
  return [
    { role: "user", content: "Read the text, then answer." },
    { role: "assistant", tool_calls: [{ id, type: "function", function: call }] },
    { role: "tool", tool_call_id: id, content: text },
  ];
}

type Turn = Extract<ProviderRequest["content"], { messages: unknown }>["messages"][number];

function messageOf({ role, parts }: Turn): Message {
  if (role === "assistant") {
    const texts = parts.map((part) => (part.kind === "text" ? part.text : ""));
    return { role, content: texts.join("\n") };
  }
  return {
    role,
    content: parts.map((part) =>
      part.kind === "text"
        ? { type: "text", text: part.text }
        : {
            type: "image_url",
            image_url: { url: `data:${part.mediaType};base64,${part.base64}` },
          },
    ),
  };
}

interface Client {
  readonly client: OpenAI;
  readonly failureOf: (error: unknown) => ProviderReply;
  /** What the server says is wrong with a request; empty where it is something else. */
  readonly objectionOf: (error: unknown) => string;
}

async function load({ apiKey, baseUrl, maxRetries, timeoutMs }: ProviderInput): Promise<Client> {
  const sdk = await import("openai");
  const client = new sdk.OpenAI({
    // Servers of one's own mostly want none, the client does.
    apiKey: apiKey?.reveal() ?? "none",
    baseURL: baseUrl ?? "https://api.openai.com/v1",
    // What a variable that nobody of us reads might say.
    organization: null,
    project: null,
    maxRetries,
    timeout: timeoutMs,
    // Its own logs hold questions, and a variable switches them on.
    logLevel: "off",
    // Neither the key nor a document goes to where somebody else points.
    fetchOptions: { redirect: "error" },
  });
  return {
    client,
    failureOf(error) {
      const failure = failureOf(error, sdk);
      // "Too many requests" to whom has not paid, too.
      const isUnpaid = error instanceof sdk.APIError && error.code === "insufficient_quota";
      return isUnpaid ? { ...failure, kind: "rejected_key" } : failure;
    },
    objectionOf(error) {
      const isObjection =
        error instanceof sdk.APIError && (error.status === 400 || error.status === 422);
      return isObjection ? `${error.param ?? ""} ${error.message}` : "";
    },
  };
}
