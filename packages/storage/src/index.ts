export { contentDisposition } from "./content-disposition.ts";
export type {
  AddedObject,
  Body,
  FetchedObject,
  LinkRefusal,
  ObjectAbout,
  ObjectLink,
  ObjectStore,
  OpenedLink,
  OpenedObject,
  StoredObject,
} from "./object-store.ts";
export { type StoreConfig, openStore } from "./open-store.ts";
export type { S3Encryption, S3StoreConfig } from "./s3-client.ts";
export { storeConfigOf, storeVariables } from "./store-variables.ts";
