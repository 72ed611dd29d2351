import { ValetError } from "@valet/contracts";
import { type Secret, secretSchema } from "@valet/runtime";
import { z } from "zod";
import type { StoreConfig } from "./open-store.ts";
import type { S3Encryption } from "./s3-client.ts";

/** The variables that say where objects are kept; part of every process's configuration that needs them. */
export const storeVariables = {
  /** Folder for résumés and evidence; not used when S3_ENDPOINT is set. */
  VALET_STORAGE_DIR: z.string().optional(),
  /** Signs links to files in VALET_STORAGE_DIR; unset, a key that is kept in that folder. */
  VALET_LINK_KEY: secretSchema.optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().default("valet"),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY: secretSchema.optional(),
  S3_SECRET_KEY: secretSchema.optional(),
  /** How the service encrypts what it keeps; unset, the bucket decides. */
  S3_SSE: z.enum(["AES256", "aws:kms"]).optional(),
  /** The key of the service's key management, for `aws:kms`; unset, the service's own. */
  S3_SSE_KMS_KEY_ID: z.string().optional(),
} as const;

interface StoreVariables {
  readonly VALET_STORAGE_DIR?: string | undefined;
  readonly VALET_LINK_KEY?: Secret | undefined;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_BUCKET: string;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY?: Secret | undefined;
  readonly S3_SECRET_KEY?: Secret | undefined;
  readonly S3_SSE?: "AES256" | "aws:kms" | undefined;
  readonly S3_SSE_KMS_KEY_ID?: string | undefined;
}

/** Shorter ones can be guessed by trying. */
const shortestLinkKey = 32;

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
      encryption: encryptionOf(variables),
    };
  }
  if (VALET_STORAGE_DIR === undefined) {
    throw configInvalid(
      "Set VALET_STORAGE_DIR to a folder for résumés and evidence, or S3_ENDPOINT.",
    );
  }
  const linkKey = variables.VALET_LINK_KEY;
  if (linkKey !== undefined && linkKey.reveal().length < shortestLinkKey) {
    throw configInvalid(
      `Make VALET_LINK_KEY at least ${shortestLinkKey} characters long, as \`openssl rand -hex 32\` does, or leave it away.`,
    );
  }
  return { kind: "fs", root: VALET_STORAGE_DIR, linkKey };
}

function encryptionOf({ S3_SSE, S3_SSE_KMS_KEY_ID }: StoreVariables): S3Encryption | undefined {
  if (S3_SSE === "aws:kms") return { kind: S3_SSE, keyId: S3_SSE_KMS_KEY_ID };
  // A key that nobody uses would leave its giver believing in it.
  if (S3_SSE_KMS_KEY_ID !== undefined) {
    throw configInvalid("S3_SSE_KMS_KEY_ID also needs S3_SSE=aws:kms.");
  }
  return S3_SSE === undefined ? undefined : { kind: S3_SSE };
}

function configInvalid(problem: string): ValetError {
  return new ValetError(
    "CONFIG_INVALID",
    `The configuration is not complete, so nothing was started. ${problem}`,
  );
}
