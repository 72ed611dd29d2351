import { toValetError } from "@valet/contracts";
import { loadConfig } from "@valet/runtime";
import { z } from "zod";
import { type CheckResult, broken, note, ok } from "./check-result.ts";

type Env = Readonly<Record<string, string | undefined>>;

const tryLimitMs = 15_000;

/** Which language model is asked, whether its key and name are good, and what is off without one. */
export async function checkModel(env: Env, signal: AbortSignal): Promise<CheckResult[]> {
  // Only this verb of the command needs it.
  const { createModel, isPriceKnown, modelConfigOf, modelVariables } = await import("@valet/ai");
  let config: ReturnType<typeof modelConfigOf>;
  let price: object | undefined;
  try {
    const variables = loadConfig(z.object(modelVariables), env);
    config = modelConfigOf(variables);
    price = variables.VALET_MODEL_PRICE;
  } catch (error) {
    return [broken("model", toValetError(error).message, "Correct these variables.")];
  }
  if (config === undefined) return [noModel];
  const model = createModel({ ...config, timeoutMs: tryLimitMs, maxRetries: 0 });
  const { kind } = await model.complete(shortest, signal);
  const isFree = price !== undefined || isPriceKnown(config.model);
  return [resultOf(kind, config), ...(isFree ? [] : [unknownPrice(config.model)])];
}

/** Next to nothing; some models think a little before they say anything. */
const shortest = {
  system: "",
  messages: [{ role: "user" as const, parts: [{ kind: "text" as const, text: "Hello" }] }],
  maxOutputTokens: 64,
};

const noModel = note(
  "model",
  "No language model is configured. Fields that no rule knows are then asked of you, résumés are read by rules alone, and no browser agent helps with unknown widgets. Everything else works.",
  "Set ANTHROPIC_API_KEY; or VALET_MODEL_PROVIDER=openai and VALET_MODEL, with OPENAI_API_KEY or, for a server of yours, VALET_MODEL_URL. Then start Valet again.",
);

function unknownPrice(model: string): CheckResult {
  return note(
    "model.price",
    `What ${model} costs is not known, so each question counts as one to the dearest model and few fit below the caps.`,
    "Set VALET_MODEL_PRICE to dollars for a million tokens in and out, such as 1,5; to 0,0 for a server of yours.",
  );
}

interface NamedModel {
  readonly provider: "anthropic" | "openai";
  readonly model: string;
  readonly baseUrl: string | undefined;
}

function resultOf(kind: string, { provider, model, baseUrl }: NamedModel): CheckResult {
  const place = baseUrl === undefined ? provider : (URL.parse(baseUrl)?.host ?? provider);
  const key = provider === "anthropic" ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY";
  const off = "Valet works as without a model.";
  switch (kind) {
    case "answered":
    // It wrote, and was stopped or did not want to: that is all that was to be seen.
    case "cut_off":
    case "refused":
      return ok("model", `${model} at ${place} answers.`);
    case "rejected_key":
      return broken("model", `${place} does not take the key. ${off}`, `Correct ${key}.`);
    case "unknown_model":
      return broken("model", `There is no model ${model} at ${place}. ${off}`, fixName);
    case "rejected_request":
      return broken("model", `${model} at ${place} does not take our questions. ${off}`, fixName);
    case "unreachable":
    case "timeout":
      return broken(
        "model",
        `The model at ${place} cannot be reached (${kind}). ${off}`,
        "Look whether this machine reaches it, or correct VALET_MODEL_URL.",
      );
    case "overloaded":
      return note("model", `${model} at ${place} has too much to do at the moment. ${off}`);
    default:
      return broken(
        "model",
        `What answers at ${place} does not speak the protocol of ${provider}. ${off}`,
        "Correct VALET_MODEL_URL or VALET_MODEL_PROVIDER.",
      );
  }
}

const fixName = "Correct VALET_MODEL, or take one that the provider names as current.";
