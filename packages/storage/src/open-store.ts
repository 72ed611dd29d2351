import { createFsStore } from "./fs-store.ts";
import type { ObjectStore } from "./object-store.ts";
import type { S3StoreConfig } from "./s3-store.ts";

export type StoreConfig =
  | { readonly kind: "fs"; readonly root: string }
  | ({ readonly kind: "s3" } & S3StoreConfig);

/** The store that the configuration names. The S3 client is loaded only when it is used. */
export async function openStore(config: StoreConfig): Promise<ObjectStore> {
  if (config.kind === "fs") return createFsStore(config);
  const { createS3Store } = await import("./s3-store.ts");
  return createS3Store(config);
}
