import type { Secret } from "@valet/runtime";
import type { Conversation, JsonSchema, UnansweredKind, Usage } from "../model-answer.ts";

/** One request as every provider can put it into its own protocol. */
export interface ProviderRequest {
  readonly system: string;
  /** A stranger's text, which goes in as what a tool has read; or the turns of a conversation. */
  readonly content: { readonly read: string } | { readonly messages: Conversation["messages"] };
  readonly schema?: JsonSchema;
  readonly maxOutputTokens: number;
}

/** What came of one request, all tries together. */
export type ProviderReply =
  /** An object where a schema was given, else text; nobody has looked at it yet. */
  | { readonly kind: "said"; readonly value: unknown; readonly usage: Usage }
  | { readonly kind: UnansweredKind; readonly usage?: Usage; readonly status?: number };

/** Speaks one protocol. Loads its client with the first request; throws nothing that is to be expected. */
export interface Provider {
  send(request: ProviderRequest, limit: AbortSignal): Promise<ProviderReply>;
}

export interface ProviderInput {
  readonly apiKey: Secret | undefined;
  readonly model: string;
  readonly baseUrl: string | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}
