import { ValetError } from "@valet/contracts";
import { secretSchema } from "@valet/runtime";
import type { StoreConfig } from "@valet/storage";
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
  VALET_STORAGE_DIR: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().default("valet"),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY: secretSchema.optional(),
  S3_SECRET_KEY: secretSchema.optional(),
  /** `host:port` of sites on this machine that may be opened, separated by commas: demo and tests only. */
  VALET_ALLOW_PRIVATE: z.string().default(""),
  /** Pause between two comparisons of live tasks with their runs, in milliseconds. */
  VALET_RECONCILE_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  VALET_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
});
export type Config = z.infer<typeof Config>;

/** S3 when its variables are set, else files. Throws `CONFIG_INVALID` when neither is complete. */
export function storeConfigOf(config: Config): StoreConfig {
  const { S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, VALET_STORAGE_DIR } = config;
  if (S3_ENDPOINT !== undefined) {
    if (S3_ACCESS_KEY === undefined || S3_SECRET_KEY === undefined) {
      throw configInvalid("S3_ENDPOINT also needs S3_ACCESS_KEY and S3_SECRET_KEY.");
    }
    return {
      kind: "s3",
      endpoint: S3_ENDPOINT,
      bucket: config.S3_BUCKET,
      region: config.S3_REGION,
      accessKey: S3_ACCESS_KEY,
      secretKey: S3_SECRET_KEY,
    };
  }
  if (VALET_STORAGE_DIR === undefined) {
    throw configInvalid(
      "Set VALET_STORAGE_DIR to a folder for résumés and evidence, or S3_ENDPOINT.",
    );
  }
  return { kind: "fs", root: VALET_STORAGE_DIR };
}

export function allowedPrivateOf({ VALET_ALLOW_PRIVATE }: Config): ReadonlySet<string> {
  const entries = VALET_ALLOW_PRIVATE.split(",").map((entry) => entry.trim());
  return new Set(entries.filter((entry) => entry !== ""));
}

function configInvalid(problem: string): ValetError {
  return new ValetError(
    "CONFIG_INVALID",
    `The configuration is not complete, so nothing was started. ${problem}`,
  );
}
