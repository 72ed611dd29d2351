import { LimitsVariable } from "@valet/contracts";
import { checkpointUrl, secretSchema } from "@valet/runtime";
import { storeVariables } from "@valet/storage";
import { siteNames } from "@valet/sites/addresses";
import { z } from "zod";
import { unknownPlatforms } from "./unknown-platforms.ts";

/** Everything the API reads from the environment, besides the SDK's other `HATCHET_CLIENT_*`. */
export const Config = z.object({
  DATABASE_URL: secretSchema,
  REDIS_URL: secretSchema,
  HATCHET_CLIENT_TOKEN: secretSchema,
  VALET_CHANNEL_PREFIX: z.string().default(""),
  VALET_API_HOST: z.string().default("127.0.0.1"),
  VALET_API_PORT: z.coerce.number().int().min(0).max(65_535).default(8180),
  /** Where people open it; unless given, where it listens. Pages of this address may look at live browsers. */
  VALET_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Other pages that may, as origins separated by commas. */
  VALET_ALLOWED_ORIGINS: z.string().default(""),
  /** Live streams (SSE and WebSocket) that one person may hold open at one API process. */
  VALET_MAX_STREAMS_PER_PERSON: z.coerce.number().int().min(1).default(100),
  /** The engine's dashboard: each run then links to its page there. */
  VALET_HATCHET_DASHBOARD_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** What session hosts want to see; without it nobody can look at browsers from here. */
  VALET_SESSION_HOST_TOKEN: secretSchema.optional(),
  VALET_SESSION_HOST_CA: z.string().optional(),
  /** The keys of whoever issues sign-in tokens; without it only API keys count. */
  AUTH_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_JWT_ISSUER: z.string().min(1).optional(),
  AUTH_JWT_AUDIENCE: z.string().min(1).default("authenticated"),
  /** Requests of one person in a minute, for each API process. */
  VALET_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(1_200),
  /** Where the first user's key is written; without it no user is made. */
  VALET_STATE_DIR: z.string().optional(),
  ...storeVariables,
  /** `host:port` of sites on this machine that may be opened, separated by commas: demo and tests only. */
  VALET_ALLOW_PRIVATE: z.string().default(""),
  VALET_PRACTICE_HOSTS: z.string().optional(),
  /** Messages this process carries to the engine at a time; with 0 it leaves that to others. */
  VALET_OUTBOX_LANES: z.coerce.number().int().min(0).max(16).default(4),
  /** What everybody is kept to, as JSON, where it is not as built in; an admin may say otherwise with `PUT /limits`. */
  VALET_LIMITS: LimitsVariable.refine((limits) => unknownPlatforms(limits).unknown.length === 0, {
    error: `\`platforms\` names one that does not exist; there are ${siteNames.join(", ")}`,
  }),
  /** Applications that may wait for their start, of everybody and of one person; more are answered with 429. */
  VALET_MAX_WAITING: z.coerce.number().int().min(1).default(10_000),
  VALET_MAX_WAITING_PER_PERSON: z.coerce.number().int().min(1).default(1_000),
  /** Pause between two comparisons of live tasks with their runs, in milliseconds. */
  VALET_RECONCILE_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  /** `smtp://` or `smtps://`; without it nobody gets mail. */
  VALET_SMTP_URL: secretSchema.optional(),
  VALET_MAIL_FROM: z.string().default("Valet <valet@localhost>"),
  VALET_TEST_CHECKPOINT_URL: checkpointUrl.optional(),
  VALET_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
});
export type Config = z.infer<typeof Config>;
