import { isValetError } from "@valet/contracts";
import {
  type Db,
  type PersonTable,
  listStoredFiles,
  personTables,
  readPersonRows,
} from "@valet/db";
import type { ObjectStore } from "@valet/storage";
import type { ZipEntry } from "./stream-zip.ts";

interface Holdings {
  readonly db: Db;
  readonly store: Pick<ObjectStore, "get">;
}

/** All that is held of a person: one JSON file a kind, then their files. */
export async function* accountEntries(
  { db, store }: Holdings,
  userId: string,
): AsyncGenerator<ZipEntry> {
  for (const table of personTables) {
    yield {
      path: `${table.name.replaceAll("_", "-")}.json`,
      read: () => rowsOf(db, table, userId),
    };
  }
  for await (const { path, storageKey, about } of listStoredFiles(db, userId)) {
    yield fileEntry(store, { path: `files/${path}`, storageKey, about });
  }
}

export function fileEntry(
  store: Pick<ObjectStore, "get">,
  file: Pick<ZipEntry, "path" | "about"> & { readonly storageKey: string },
): ZipEntry {
  const { storageKey, ...entry } = file;
  return {
    ...entry,
    async read(signal) {
      const object = await store.get(storageKey, signal).catch((error: unknown) => {
        // One damaged file must not keep the others from their person.
        if (isValetError(error, "INTERNAL")) return undefined;
        throw error;
      });
      return object === undefined ? undefined : oneChunk(object.body);
    },
  };
}

async function* oneChunk(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

async function* rowsOf(db: Db, table: PersonTable, userId: string): AsyncGenerator<Uint8Array> {
  let before = "[\n";
  for await (const row of readPersonRows(db, { table, userId })) {
    yield Buffer.from(before + JSON.stringify(row));
    before = ",\n";
  }
  yield Buffer.from(before === "[\n" ? "[]\n" : "\n]\n");
}
