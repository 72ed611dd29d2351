export { createFsStore } from "./fs-store.ts";
export type { FetchedObject, ObjectStore, StoredObject } from "./object-store.ts";
export { type StoreConfig, openStore } from "./open-store.ts";
export type { S3StoreConfig } from "./s3-store.ts";
export { storeConfigOf, storeVariables } from "./store-variables.ts";
