import { z } from "zod";
import { estimateTokens } from "../estimate-tokens.ts";
import { parseJson } from "./parse-json.ts";
import type { ProviderReply, ProviderRequest } from "./provider.ts";

const Tokens = z.number().int().nonnegative();
const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: Tokens, completion_tokens: Tokens }).nullish(),
});

/** What a reply of chat/completions says: the object that its text spells, or text where no schema was given. */
export function readCompletion(body: string, request: ProviderRequest): ProviderReply {
  const completion = Completion.safeParse(parseJson(body));
  const choice = completion.data?.choices[0];
  if (!completion.success || choice === undefined) return { kind: "malformed" };
  const { message, finish_reason: reason } = choice;
  const text = message.content ?? "";
  const said = completion.data.usage;
  // Some servers do not count; then what was said is counted by its length.
  const usage =
    said == null
      ? { inputTokens: estimateTokens(request), outputTokens: Math.ceil(text.length / 2) }
      : { inputTokens: said.prompt_tokens, outputTokens: said.completion_tokens };
  if (message.refusal != null || reason === "content_filter") return { kind: "refused", usage };
  // Half an answer may well have the right shape.
  if (reason === "length") return { kind: "cut_off", usage };
  return { kind: "said", value: request.schema === undefined ? text : parseJson(text), usage };
}
