import { z } from "zod";
import type { ModelAnswer, Usage } from "./model-answer.ts";

const Tokens = z.number().int().nonnegative();
const Reply = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(
    z.object({ type: z.string(), name: z.unknown().optional(), input: z.unknown().optional() }),
  ),
  usage: z.object({
    input_tokens: Tokens,
    output_tokens: Tokens,
    cache_creation_input_tokens: Tokens.nullish(),
    cache_read_input_tokens: Tokens.nullish(),
  }),
});
type Reply = z.infer<typeof Reply>;

/** What a model's reply, as it came over the wire, says to a question with this schema. */
export function readReply<Schema extends z.ZodObject>(
  body: string,
  { schema, toolName }: { readonly schema: Schema; readonly toolName: string },
): ModelAnswer<z.infer<Schema>> {
  const reply = Reply.safeParse(parseJson(body));
  if (!reply.success) return { kind: "malformed" };
  const { stop_reason: reason, content } = reply.data;
  const usage = usageOf(reply.data);
  if (reason === "refusal") return { kind: "refused", usage };
  // Half an answer may well have the right shape.
  if (reason === "max_tokens" || reason === "model_context_window_exceeded") {
    return { kind: "cut_off", usage };
  }
  const call = content.find(({ type, name }) => type === "tool_use" && name === toolName);
  const value = schema.safeParse(call?.input);
  return value.success
    ? { kind: "answered", value: value.data, usage }
    : { kind: "malformed", usage };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function usageOf({ usage }: Reply): Usage {
  const kept = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return { inputTokens: usage.input_tokens + kept, outputTokens: usage.output_tokens };
}
