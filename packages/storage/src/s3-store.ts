import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { ValetError } from "@valet/contracts";
import type { Secret } from "@valet/runtime";
import { assertObjectKey, objectDamaged, sha256Of, storageUnavailable } from "./object-key.ts";
import type { FetchedObject, ObjectStore } from "./object-store.ts";

export interface S3StoreConfig {
  readonly endpoint: string;
  /** Must exist. */
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: Secret;
  readonly secretKey: Secret;
}

/** Objects in a bucket of S3 or of what speaks like it. */
export function createS3Store(config: S3StoreConfig): ObjectStore {
  const { endpoint, bucket, region, accessKey, secretKey } = config;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId: accessKey.reveal(), secretAccessKey: secretKey.reveal() },
    forcePathStyle: true,
    // The newer checksum trailers are refused, or stored as data, by several S3 lookalikes.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  });

  async function get(key: string, signal: AbortSignal): Promise<FetchedObject | undefined> {
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const answer = await client.send(command, { abortSignal: signal });
      const body = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      const sha256 = sha256Of(body);
      if (answer.Metadata?.["sha256"] !== sha256) throw objectDamaged(key);
      return { body, sha256, contentType: answer.ContentType ?? "application/octet-stream" };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async function* keysFrom(prefix: string, signal: AbortSignal): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
        { abortSignal: signal },
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  return {
    put: ({ key, body, contentType }, signal) =>
      guarded(key, signal, async () => {
        const sha256 = sha256Of(body);
        const command = new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          ContentLength: body.byteLength,
          Metadata: { sha256 },
        });
        await client.send(command, { abortSignal: signal });
        return { key, sha256, byteSize: body.byteLength };
      }),
    get: (key, signal) => guarded(key, signal, () => get(key, signal)),
    delete: (key, signal) =>
      guarded(key, signal, async () => {
        const command = new DeleteObjectCommand({ Bucket: bucket, Key: key });
        await client.send(command, { abortSignal: signal });
      }),
    deleteTree: (key, signal) =>
      guarded(key, signal, async () => {
        for await (const found of keysFrom(key, signal)) {
          if (found !== key && !found.startsWith(`${key}/`)) continue;
          const command = new DeleteObjectCommand({ Bucket: bucket, Key: found });
          await client.send(command, { abortSignal: signal });
        }
      }),
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}

async function guarded<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  assertObjectKey(key);
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ValetError) throw error;
    throw storageUnavailable(reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
