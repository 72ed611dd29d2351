import { ValetError } from "@valet/contracts";
import { type Secret, secretSchema } from "@valet/runtime";
import { z } from "zod";
import { type ModelInput, type ProviderName, providerNames } from "./create-model.ts";

/** Small, current, and made for such work (decision 25). */
const anthropicDefault = "claude-haiku-5-5";

/** The variables that name a model; part of every process's configuration that asks one. */
export const modelVariables = {
  /** Whose protocol the model speaks. */
  VALET_MODEL_PROVIDER: z.enum(providerNames).default("anthropic"),
  ANTHROPIC_API_KEY: secretSchema.optional(),
  OPENAI_API_KEY: secretSchema.optional(),
  VALET_MODEL: z.string().optional(),
  /** Where the protocol is spoken; unset, at the provider. */
  VALET_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
} as const;

export interface ModelVariables {
  readonly VALET_MODEL_PROVIDER: ProviderName;
  readonly ANTHROPIC_API_KEY?: Secret | undefined;
  readonly OPENAI_API_KEY?: Secret | undefined;
  readonly VALET_MODEL?: string | undefined;
  readonly VALET_MODEL_URL?: string | undefined;
}

export type ModelConfig = Required<Pick<ModelInput, "provider" | "apiKey" | "model" | "baseUrl">>;

/**
 * What `createModel` needs to know; `undefined` where there is no model, and everything works by rules alone.
 * Throws `CONFIG_INVALID` for a server that has no model of its own accord.
 */
export function modelConfigOf(variables: ModelVariables): ModelConfig | undefined {
  const { VALET_MODEL_PROVIDER: provider, VALET_MODEL: name, VALET_MODEL_URL: baseUrl } = variables;
  if (provider === "anthropic") {
    const apiKey = variables.ANTHROPIC_API_KEY;
    if (apiKey === undefined) return undefined;
    return { provider, apiKey, model: name ?? anthropicDefault, baseUrl };
  }
  const apiKey = variables.OPENAI_API_KEY;
  // A server of one's own need not want a key; OpenAI does.
  if (apiKey === undefined && baseUrl === undefined) return undefined;
  if (name === undefined) {
    throw new ValetError(
      "CONFIG_INVALID",
      "VALET_MODEL_PROVIDER is openai, but no model is named. Set VALET_MODEL to the name that the server knows it by.",
    );
  }
  return { provider, apiKey, model: name, baseUrl };
}
