import { type PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Secret } from "@valet/runtime";

/** How the service encrypts what it keeps; `keyId` names a key of its key service, else it takes its own. */
export type S3Encryption =
  | { readonly kind: "AES256" }
  | { readonly kind: "aws:kms"; readonly keyId?: string | undefined };

export interface S3StoreConfig {
  /** Links begin with it, so people have to reach it as well. */
  readonly endpoint: string;
  /** Must exist. */
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: Secret;
  readonly secretKey: Secret;
  /** Asked for with every object; unset, the bucket decides. */
  readonly encryption?: S3Encryption | undefined;
  readonly now?: () => Date;
}

export function createS3Client(config: S3StoreConfig): S3Client {
  const { endpoint, region, accessKey, secretKey } = config;
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId: accessKey.reveal(), secretAccessKey: secretKey.reveal() },
    forcePathStyle: true,
    // The newer checksum trailers are refused, or stored as data, by several S3 lookalikes.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
    logger: silent,
  });
}

// The client would write to the console what its errors say anyway.
const ignore = () => {};
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Signs the body's hash with the request, so that the service refuses what was changed on its way.
 * The client does so by itself for bytes only and sends streams unsigned.
 */
export function signBody(command: PutObjectCommand, sha256: string): PutObjectCommand {
  command.middlewareStack.add(
    (next) => (args) => {
      if (hasHeaders(args.request)) args.request.headers["x-amz-content-sha256"] = sha256;
      return next(args);
    },
    { step: "build", name: "signBody" },
  );
  return command;
}

function hasHeaders(request: unknown): request is { readonly headers: Record<string, string> } {
  return (
    typeof request === "object" &&
    request !== null &&
    "headers" in request &&
    typeof request.headers === "object"
  );
}
