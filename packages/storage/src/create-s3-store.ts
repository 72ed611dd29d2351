import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { contentDisposition } from "./content-disposition.ts";
import { linkExpiry } from "./link-terms.ts";
import { contentKey, objectDamaged, sha256Of } from "./object-key.ts";
import type {
  Body,
  ObjectAbout,
  ObjectLink,
  ObjectStore,
  OpenedObject,
  StoredObject,
} from "./object-store.ts";
import { readWhole } from "./read-whole.ts";
import { type S3Encryption, type S3StoreConfig, createS3Client, signBody } from "./s3-client.ts";
import { createStoreGuard } from "./store-guard.ts";
import { verifyBody } from "./verify-body.ts";
import { withSpooledBody } from "./with-spooled-body.ts";

const { guarded, faultOf } = createStoreGuard(reasonOf);

/** Objects in a bucket of S3 or of what speaks like it. */
export function createS3Store(config: S3StoreConfig): ObjectStore {
  const { bucket, encryption, now = () => new Date() } = config;
  const client = createS3Client(config);

  async function put(
    object: StoredObject & { readonly contentType: string; readonly body: Uint8Array | Readable },
    signal: AbortSignal,
  ): Promise<StoredObject> {
    const { key, sha256, byteSize } = object;
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: object.body,
      ContentType: object.contentType,
      ContentLength: byteSize,
      Metadata: { sha256 },
      ...encryptionOf(encryption),
    });
    await client.send(signBody(command, sha256), { abortSignal: signal });
    return { key, sha256, byteSize };
  }

  async function open(key: string, signal: AbortSignal): Promise<OpenedObject | undefined> {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    const answer = await ifThere(client.send(command, { abortSignal: signal }));
    if (!(answer?.Body instanceof Readable)) return undefined;
    const about = aboutOf(answer);
    if (about === undefined) {
      answer.Body.destroy();
      throw objectDamaged(key);
    }
    return { ...about, body: verifyBody(answer.Body, { ...about, key, faultOf }, signal) };
  }

  async function head(
    key: string,
    signal: AbortSignal,
  ): Promise<HeadObjectCommandOutput | undefined> {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
    return ifThere(client.send(command, { abortSignal: signal }));
  }

  async function link(
    input: { readonly key: string; readonly fileName: string; readonly expiresInSeconds: number },
    signal: AbortSignal,
  ): Promise<ObjectLink | undefined> {
    const signingDate = now();
    const expiresAt = linkExpiry(input.expiresInSeconds, signingDate);
    const there = await head(input.key, signal);
    if (there === undefined) return undefined;
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: input.key,
      ResponseContentDisposition: contentDisposition(input.fileName),
      ResponseContentType: there.ContentType ?? unknownType,
    });
    const url = await getSignedUrl(client, command, {
      expiresIn: input.expiresInSeconds,
      signingDate,
    });
    return { url, expiresAt };
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
      guarded(key, signal, () =>
        withMeasure({ body }, signal, (measured) => put({ key, contentType, ...measured }, signal)),
      ),
    addOnce: ({ under, body, contentType, maxBytes }, signal) =>
      guarded(under, signal, () =>
        withSpooledBody({ body, maxBytes }, signal, async ({ read, ...measure }) => {
          const key = contentKey(under, measure.sha256);
          const there = await head(key, signal);
          const about = there === undefined ? undefined : aboutOf(there);
          const isSame =
            about?.sha256 === measure.sha256 &&
            about.byteSize === measure.byteSize &&
            about.contentType === contentType;
          if (!isSame) await put({ key, contentType, ...measure, body: read() }, signal);
          return { key, ...measure, wasThere: there !== undefined };
        }),
      ),
    open: (key, signal) => guarded(key, signal, () => open(key, signal)),
    get: (key, signal) => guarded(key, signal, async () => readWhole(await open(key, signal))),
    link: (input, signal) => guarded(input.key, signal, () => link(input, signal)),
    // Links of S3 lead to S3.
    openLink: () => Promise.resolve({ kind: "refused", reason: "invalid" }),
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

const unknownType = "application/octet-stream";

function encryptionOf(encryption: S3Encryption | undefined) {
  if (encryption === undefined) return {};
  const keyId = encryption.kind === "aws:kms" ? encryption.keyId : undefined;
  return {
    ServerSideEncryption: encryption.kind,
    ...(keyId === undefined ? {} : { SSEKMSKeyId: keyId }),
  };
}

/** `undefined` for what Valet did not put there. */
function aboutOf(answer: {
  readonly Metadata?: Record<string, string> | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentLength?: number | undefined;
}): ObjectAbout | undefined {
  const sha256 = answer.Metadata?.["sha256"];
  if (sha256 === undefined || answer.ContentLength === undefined) return undefined;
  const contentType = answer.ContentType ?? unknownType;
  return { contentType, sha256, byteSize: answer.ContentLength };
}

/** S3 wants length and hash first: bytes at hand are measured where they are, others are spooled. */
function withMeasure<T>(
  { body }: { readonly body: Body },
  signal: AbortSignal,
  use: (measured: {
    readonly body: Uint8Array | Readable;
    readonly sha256: string;
    readonly byteSize: number;
  }) => Promise<T>,
): Promise<T> {
  if (body instanceof Uint8Array) {
    return use({ body, sha256: sha256Of(body), byteSize: body.byteLength });
  }
  return withSpooledBody({ body }, signal, ({ read, ...measure }) =>
    use({ ...measure, body: read() }),
  );
}

async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
