import type { z } from "zod";

export interface Question<Schema extends z.ZodObject> {
  /** What to do, in our own words and the same every time: it is cached, and nobody else may write into it. */
  readonly system: string;
  /** What to do it with. Whoever wrote it is a stranger, so it goes to the model as what a tool has read. */
  readonly text: string;
  /** The shape of the answer; its descriptions are read by the model as well. */
  readonly schema: Schema;
  readonly maxOutputTokens: number;
}

export type ConversationPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly mediaType: ImageType; readonly base64: string };

export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

/** A JSON Schema of an object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What somebody else's code wants to say to a model, turn by turn. */
export interface Conversation {
  readonly system: string;
  readonly messages: readonly {
    readonly role: "user" | "assistant";
    readonly parts: readonly ConversationPart[];
  }[];
  /** With it the answer is an object, which the model was told to shape so; without it the answer is text. */
  readonly schema?: JsonSchema;
  readonly maxOutputTokens: number;
}

/** Tokens that were paid for; those that the provider kept from an earlier question count as input. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * Why there is no answer.
 *
 * - `refused`: the model does not want to.
 * - `cut_off`: the answer, or the question, is longer than was allowed.
 * - `malformed`: what came is no answer of the shape that was asked for.
 * - `overloaded`: too many questions or a fault at the provider, after all tries.
 * - `timeout`: nothing within the time for a question, all tries together.
 * - `unreachable`: nobody answers at that address, or the connection broke.
 * - `rejected_key`: the key is wrong, not allowed this, or not paid for.
 * - `unknown_model`: there is no model of that name at that address.
 * - `rejected_request`: the question is too large to be sent, or the provider does not take it as it is.
 */
export type UnansweredKind =
  | "refused"
  | "cut_off"
  | "malformed"
  | "overloaded"
  | "timeout"
  | "unreachable"
  | "rejected_key"
  | "unknown_model"
  | "rejected_request";

export interface Unanswered {
  readonly kind: UnansweredKind;
  /** Where the model wrote something all the same. */
  readonly usage?: Usage;
}

export type ModelAnswer<Value> =
  | { readonly kind: "answered"; readonly value: Value; readonly usage: Usage }
  | Unanswered;
