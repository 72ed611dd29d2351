import { ValetError } from "@valet/contracts";
import { type Secret, secretSchema } from "@valet/runtime";
import { z } from "zod";
import type { StoreConfig } from "./open-store.ts";

/** The variables that say where objects are kept; part of every process's configuration that needs them. */
export const storeVariables = {
  /** Folder for résumés and evidence; not used when S3_ENDPOINT is set. */
  VALET_STORAGE_DIR: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().default("valet"),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY: secretSchema.optional(),
  S3_SECRET_KEY: secretSchema.optional(),
} as const;

interface StoreVariables {
  readonly VALET_STORAGE_DIR?: string | undefined;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_BUCKET: string;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY?: Secret | undefined;
  readonly S3_SECRET_KEY?: Secret | undefined;
}

/** S3 when its variables are set, else files. Throws `CONFIG_INVALID` when neither is complete. */
export function storeConfigOf(variables: StoreVariables): StoreConfig {
  const { S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, VALET_STORAGE_DIR } = variables;
  if (S3_ENDPOINT !== undefined) {
    if (S3_ACCESS_KEY === undefined || S3_SECRET_KEY === undefined) {
      throw configInvalid("S3_ENDPOINT also needs S3_ACCESS_KEY and S3_SECRET_KEY.");
    }
    return {
      kind: "s3",
      endpoint: S3_ENDPOINT,
      bucket: variables.S3_BUCKET,
      region: variables.S3_REGION,
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

function configInvalid(problem: string): ValetError {
  return new ValetError(
    "CONFIG_INVALID",
    `The configuration is not complete, so nothing was started. ${problem}`,
  );
}
