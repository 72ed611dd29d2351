import { modelVariables } from "@valet/ai";
import { LimitsVariable } from "@valet/contracts";
import { checkpointUrl, secretSchema } from "@valet/runtime";
import { storeVariables } from "@valet/storage";
import { z } from "zod";

/** Everything the worker reads from the environment, besides the engine's own `HATCHET_CLIENT_*`. */
export const Config = z.object({
  DATABASE_URL: secretSchema,
  REDIS_URL: secretSchema,
  VALET_CHANNEL_PREFIX: z.string().default(""),
  VALET_SESSION_HOST_URL: z.url(),
  VALET_SESSION_HOST_TOKEN: secretSchema,
  /** PEM file of the authority behind session hosts' certificates, when it is not a public one. */
  VALET_SESSION_HOST_CA: z.string().optional(),
  ...storeVariables,
  ...modelVariables,
  /** Where people open Valet; links in events start with it. */
  VALET_PUBLIC_URL: z.url().default("http://127.0.0.1:8180"),
  VALET_ALLOW_PRIVATE: z.string().default(""),
  VALET_PRACTICE_HOSTS: z.string().optional(),
  VALET_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  VALET_WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Steps that run at once: about four for every live browser (design §4). */
  WORKER_SLOTS: z.coerce.number().int().min(2).default(24),
  WORKER_DURABLE_SLOTS: z.coerce.number().int().min(1).default(1_000),
  /** A browser that has waited this long for a review is closed and opened again when it is needed. */
  VALET_HIBERNATE_AFTER_MS: z.coerce.number().int().min(1).default(600_000),
  /** The same where another application could start with its browser. */
  VALET_HIBERNATE_PRESSED_MS: z.coerce.number().int().min(1).default(20_000),
  /** What everybody is kept to, as JSON, where it is not as built in: the same as at the API. */
  VALET_LIMITS: LimitsVariable,
  VALET_TEST_CHECKPOINT_URL: checkpointUrl.optional(),
});
export type Config = z.infer<typeof Config>;
