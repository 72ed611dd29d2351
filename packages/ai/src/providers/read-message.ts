import { z } from "zod";
import type { Usage } from "../model-answer.ts";
import { parseJson } from "./parse-json.ts";
import type { ProviderReply } from "./provider.ts";

const Tokens = z.number().int().nonnegative();
const Message = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(
    z.object({
      type: z.string(),
      name: z.unknown().optional(),
      input: z.unknown().optional(),
      text: z.string().optional(),
    }),
  ),
  usage: z.object({
    input_tokens: Tokens,
    output_tokens: Tokens,
    cache_creation_input_tokens: Tokens.nullish(),
    cache_read_input_tokens: Tokens.nullish(),
  }),
});
type Message = z.infer<typeof Message>;

/** What a reply of the Messages protocol says: the input of that tool, or text where no tool is named. */
export function readMessage(body: string, toolName: string | undefined): ProviderReply {
  const message = Message.safeParse(parseJson(body));
  if (!message.success) return { kind: "malformed" };
  const { stop_reason: reason, content } = message.data;
  const usage = usageOf(message.data);
  if (reason === "refusal") return { kind: "refused", usage };
  // Half an answer may well have the right shape.
  if (reason === "max_tokens" || reason === "model_context_window_exceeded") {
    return { kind: "cut_off", usage };
  }
  const value =
    toolName === undefined
      ? content.map(({ text = "" }) => text).join("")
      : content.find(({ type, name }) => type === "tool_use" && name === toolName)?.input;
  return { kind: "said", value, usage };
}

function usageOf({ usage }: Message): Usage {
  const kept = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return { inputTokens: usage.input_tokens + kept, outputTokens: usage.output_tokens };
}
