import { checkpointUrl, secretSchema } from "@valet/runtime";
import { storeVariables } from "@valet/storage";
import { z } from "zod";

/** Everything the API reads from the environment, besides the SDK's other `HATCHET_CLIENT_*`. */
export const Config = z.object({
  DATABASE_URL: secretSchema,
  REDIS_URL: secretSchema,
  HATCHET_CLIENT_TOKEN: secretSchema,
  VALET_CHANNEL_PREFIX: z.string().default(""),
  VALET_API_HOST: z.string().default("127.0.0.1"),
  VALET_API_PORT: z.coerce.number().int().min(0).max(65_535).default(8180),
  /** Where the first user's key is written; without it no user is made. */
  VALET_STATE_DIR: z.string().optional(),
  ...storeVariables,
  /** `host:port` of sites on this machine that may be opened, separated by commas: demo and tests only. */
  VALET_ALLOW_PRIVATE: z.string().default(""),
  VALET_PRACTICE_HOSTS: z.string().optional(),
  /** Pause between two comparisons of live tasks with their runs, in milliseconds. */
  VALET_RECONCILE_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  /** `smtp://` or `smtps://`; without it nobody gets mail. */
  VALET_SMTP_URL: secretSchema.optional(),
  VALET_MAIL_FROM: z.string().default("Valet <valet@localhost>"),
  /** Address people open; links in mails start with it. */
  VALET_PUBLIC_URL: z.url().default("http://127.0.0.1:8180"),
  VALET_TEST_CHECKPOINT_URL: checkpointUrl.optional(),
  VALET_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
});
export type Config = z.infer<typeof Config>;
