import { type FsStoreConfig, openFsStore } from "./open-fs-store.ts";
import type { ObjectStore } from "./object-store.ts";
import type { S3StoreConfig } from "./s3-client.ts";

export type StoreConfig =
  | ({ readonly kind: "fs" } & FsStoreConfig)
  | ({ readonly kind: "s3" } & S3StoreConfig);

/** The store that the configuration names. The S3 client is loaded only when it is used. */
export async function openStore(config: StoreConfig): Promise<ObjectStore> {
  if (config.kind === "fs") return openFsStore(config);
  const { createS3Store } = await import("./create-s3-store.ts");
  return createS3Store(config);
}
