import type { Logger } from "@valet/runtime";
import { z } from "zod";
import type { Model } from "../create-model.ts";
import { estimateTokens } from "../estimate-tokens.ts";
import type { ModelAnswer, Usage } from "../model-answer.ts";
import { type ModelPrice, costOf } from "./model-price.ts";

/** Keeps account of what is spent on models; in the product, the database does. */
export interface SpendMeter<Use> {
  /** Takes so much from what is left, in millionths of a dollar; undefined where that is not enough. */
  reserve(use: Use, microdollars: number): Promise<{ readonly id: string } | undefined>;
  /** Puts what the call did cost in the place of what was reserved. */
  settle(call: { readonly id: string } & Usage & { readonly microdollars: number }): Promise<void>;
}

export interface MeterInput<Use> {
  readonly model: Model;
  readonly price: ModelPrice;
  readonly meter: SpendMeter<Use>;
  readonly log: Logger;
}

/** A model for one use: each call is paid for from what is left of it, and not made where that is too little. */
export type ModelFor<Use> = (use: Use) => Model;

/** The calls of whoever dies before they are settled stay reserved. */
export function meterModel<Use>(input: MeterInput<Use>): ModelFor<Use> {
  return (use) => ({
    async ask(question, signal) {
      signal.throwIfAborted();
      const { system, text, schema, maxOutputTokens } = question;
      const request = { system, content: { read: text }, schema: z.toJSONSchema(schema) };
      const most = { inputTokens: estimateTokens(request), outputTokens: maxOutputTokens };
      return pay(input, { use, most, call: () => input.model.ask(question, signal) });
    },
    async complete(conversation, signal) {
      signal.throwIfAborted();
      const { system, messages, schema, maxOutputTokens } = conversation;
      const request = { system, content: { messages }, ...(schema !== undefined && { schema }) };
      const most = { inputTokens: estimateTokens(request), outputTokens: maxOutputTokens };
      return pay(input, { use, most, call: () => input.model.complete(conversation, signal) });
    },
  });
}

interface PaidCall<Use, Value> {
  readonly use: Use;
  readonly most: Usage;
  readonly call: () => Promise<ModelAnswer<Value>>;
}

async function pay<Use, Value>(
  { price, meter, log }: MeterInput<Use>,
  { use, most, call }: PaidCall<Use, Value>,
): Promise<ModelAnswer<Value>> {
  const reserved = await meter.reserve(use, costOf(price, most));
  if (reserved === undefined) {
    log.warn({ kind: "over_budget" }, "the model was not asked");
    return { kind: "over_budget" };
  }
  let spent = most;
  try {
    const answer = await call();
    spent = answer.usage ?? (free.has(answer.kind) ? none : most);
    return answer;
  } finally {
    try {
      await meter.settle({ ...reserved, ...spent, microdollars: costOf(price, spent) });
    } catch (error) {
      // What was reserved stands in its place; the answer is paid for and must not be lost.
      log.error({ err: error }, "what a model cost could not be written down");
    }
  }
}

const none: Usage = { inputTokens: 0, outputTokens: 0 };

/** Nobody is paid for these. Of others without a count it is not known, so they count as the most they may cost. */
const free: ReadonlySet<ModelAnswer<unknown>["kind"]> = new Set([
  "unreachable",
  "overloaded",
  "rejected_key",
  "unknown_model",
  "rejected_request",
]);
