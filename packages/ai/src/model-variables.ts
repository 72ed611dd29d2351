import { ValetError } from "@valet/contracts";
import { secretSchema } from "@valet/runtime";
import { z } from "zod";
import { type ModelInput, providerNames } from "./create-model.ts";

/** Small, current, and made for such work (decision 25). */
const anthropicDefault = "claude-haiku-5-5";

const dollars = z.coerce.number().min(0).max(1_000);

/** The variables that name a model; part of every process's configuration that asks one. */
export const modelVariables = {
  /** Whose protocol the model speaks. */
  VALET_MODEL_PROVIDER: z.enum(providerNames).default("anthropic"),
  ANTHROPIC_API_KEY: secretSchema.optional(),
  OPENAI_API_KEY: secretSchema.optional(),
  VALET_MODEL: z.string().optional(),
  /** Where the protocol is spoken; unset, at the provider. */
  VALET_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** US dollars for a million tokens in and out, of a model whose price is not known by its name. */
  VALET_MODEL_PRICE: z
    .string()
    .regex(/^\d+(\.\d+)?,\d+(\.\d+)?$/u, "Two numbers with a comma between, such as 1,5.")
    .transform((text) => {
      const [input = 0, output = 0] = text.split(",").map(Number);
      return { input, output };
    })
    .optional(),
  /** The most that one application, or one résumé, may cost in US dollars. */
  VALET_MODEL_TASK_CAP_USD: dollars.default(0.25),
  /** The most that one person may cost in any 24 hours, in US dollars. */
  VALET_MODEL_DAY_CAP_USD: dollars.default(2),
} as const;

const Variables = z.object(modelVariables);
export type ModelVariables = z.infer<typeof Variables>;

export type ModelConfig = Required<Pick<ModelInput, "provider" | "apiKey" | "model" | "baseUrl">>;

/** Of them those that say which model it is. */
export type NamingVariables = Omit<
  ModelVariables,
  "VALET_MODEL_PRICE" | "VALET_MODEL_TASK_CAP_USD" | "VALET_MODEL_DAY_CAP_USD"
>;

/**
 * What `createModel` needs to know; `undefined` where there is no model, and everything works by rules alone.
 * Throws `CONFIG_INVALID` for a server that has no model of its own accord.
 */
export function modelConfigOf(variables: NamingVariables): ModelConfig | undefined {
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
