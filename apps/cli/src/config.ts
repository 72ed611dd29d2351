import { secretSchema } from "@valet/runtime";
import { z } from "zod";

/** What the command reads from the environment; the parts it starts read more of their own. */
export const Config = z.object({
  VALET_API_URL: z.url().optional(),
  VALET_API_KEY: secretSchema.optional(),
  VALET_STATE_DIR: z.string().optional(),
  VALET_CACHE_DIR: z.string().optional(),
  /** Where `up` serves; 8180 or, when that is taken, another free port. */
  VALET_API_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  VALET_CHROMIUM: z.string().default("/usr/lib/chromium/chromium"),
  /** Development only; what `up` says about it. */
  VALET_ALLOW_NO_SANDBOX: z.stringbool().default(false),
  /** Pages and questions with known answers that `bench forms` measures on. */
  VALET_CORPORA: z.string().optional(),
  /** The file in which the practice sites say which host names they stand for. */
  VALET_PRACTICE_HOSTS: z.string().optional(),
  VALET_BROWSER_USER: z.string().optional(),
  VALET_DISPLAY: z.enum(["headful", "headless"]).optional(),
  VALET_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  DATABASE_URL: secretSchema.optional(),
  REDIS_URL: secretSchema.optional(),
  HATCHET_CLIENT_TOKEN: secretSchema.optional(),
  /** For the worker: with it a model may point at what rules missed. */
  ANTHROPIC_API_KEY: secretSchema.optional(),
  OPENAI_API_KEY: secretSchema.optional(),
  S3_ENDPOINT: z.url().optional(),
  /** Any value switches colour off (no-color.org). */
  NO_COLOR: z.string().optional(),
});
export type Config = z.infer<typeof Config>;
