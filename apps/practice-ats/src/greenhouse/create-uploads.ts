import { randomUUID } from "node:crypto";

import type { LedgerFile } from "../ledger.ts";

/** The files a page has uploaded before its form is submitted; in memory. */
export interface Uploads {
  /** Returns the id of the upload. */
  add(file: LedgerFile): string;
  find(id: string): LedgerFile | undefined;
}

export function createUploads(): Uploads {
  const files = new Map<string, LedgerFile>();
  return {
    add(file) {
      const id = randomUUID();
      files.set(id, file);
      return id;
    },
    find(id) {
      return files.get(id);
    },
  };
}
