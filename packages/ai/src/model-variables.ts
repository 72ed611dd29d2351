import { type Secret, secretSchema } from "@valet/runtime";
import { z } from "zod";
import type { ModelInput } from "./create-model.ts";

/** The variables that name a model; part of every process's configuration that asks one. */
export const modelVariables = {
  /** Without it there is no model, and everything works by rules alone. */
  ANTHROPIC_API_KEY: secretSchema.optional(),
  VALET_MODEL: z.string().default("claude-haiku-5-5"),
  /** Where the Messages protocol is spoken; unset, at Anthropic. */
  VALET_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
} as const;

interface ModelVariables {
  readonly ANTHROPIC_API_KEY?: Secret | undefined;
  readonly VALET_MODEL: string;
  readonly VALET_MODEL_URL?: string | undefined;
}

/** What `createModel` needs to know; `undefined` where nobody gave a key. */
export function modelConfigOf({
  ANTHROPIC_API_KEY: apiKey,
  VALET_MODEL: model,
  VALET_MODEL_URL: baseUrl,
}: ModelVariables): Pick<ModelInput, "apiKey" | "model" | "baseUrl"> | undefined {
  return apiKey === undefined ? undefined : { apiKey, model, baseUrl };
}
