export interface StoredObject {
  readonly key: string;
  /** Of the body, hex. */
  readonly sha256: string;
  readonly byteSize: number;
}

export interface FetchedObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly sha256: string;
}

/**
 * Whole objects by key: résumés and evidence. A key is one or more names of letters, digits,
 * `.`, `_` and `-`, joined by `/`; no name begins with a dot.
 *
 * Every method throws `STORAGE_UNAVAILABLE` when the store does not answer or refuses.
 */
export interface ObjectStore {
  /** Replaces what was there. Readers see the old object or the new one, never a part. */
  readonly put: (
    input: {
      readonly key: string;
      readonly body: Buffer | Uint8Array;
      readonly contentType: string;
    },
    signal: AbortSignal,
  ) => Promise<StoredObject>;
  /** `undefined` when there is no such object; throws `INTERNAL` when its bytes are not those put. */
  readonly get: (key: string, signal: AbortSignal) => Promise<FetchedObject | undefined>;
  /** Deleting what is not there is no fault. */
  readonly delete: (key: string, signal: AbortSignal) => Promise<void>;
  /** Deletes the object of this key and all below it (`KEY/…`), recorded anywhere or not. */
  readonly deleteTree: (key: string, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}
