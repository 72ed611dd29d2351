import type { Readable } from "node:stream";

/** Bytes at hand, or bytes to come; the latter are never held as a whole. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

export interface StoredObject {
  readonly key: string;
  /** Of the body, hex. */
  readonly sha256: string;
  readonly byteSize: number;
}

export interface AddedObject extends StoredObject {
  /** The same bytes were there under this key before. */
  readonly wasThere: boolean;
}

/** What is said of an object beside its bytes. */
export interface ObjectAbout {
  readonly contentType: string;
  /** Of the body, hex. */
  readonly sha256: string;
  readonly byteSize: number;
}

export interface OpenedObject extends ObjectAbout {
  /**
   * Ends with `INTERNAL` when its bytes are not those put; its last bytes are given only when all
   * are right, so that a damaged object never looks whole. To be read to its end or destroyed.
   */
  readonly body: Readable;
}

export interface FetchedObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly sha256: string;
}

export interface ObjectLink {
  /** An address of its own, or a path of the API (`/files/TOKEN`) that answers with `openLink`. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** `gone`: the link is good, and the object is no longer there. */
export type LinkRefusal = "expired" | "invalid" | "gone";

export type OpenedLink =
  | { readonly kind: "opened"; readonly fileName: string; readonly object: OpenedObject }
  | { readonly kind: "refused"; readonly reason: LinkRefusal };

/**
 * Objects by key: résumés and evidence. A key is one or more names of letters, digits, `.`, `_`
 * and `-`, joined by `/`; no name begins with a dot.
 *
 * Every method throws `STORAGE_UNAVAILABLE` when the store does not answer or refuses. What the
 * giver of a body throws is thrown on as it is.
 */
export interface ObjectStore {
  /** Replaces what was there. Readers see the old object or the new one, never a part. */
  readonly put: (
    input: { readonly key: string; readonly body: Body; readonly contentType: string },
    signal: AbortSignal,
  ) => Promise<StoredObject>;
  /**
   * Keeps a body under `under` by its hash: the same bytes twice are one object, which has the type
   * that was said last. `under` has to name one person, so that nobody learns what others have.
   * What reads to more than `maxBytes` is `PAYLOAD_TOO_LARGE`, and nothing is kept.
   */
  readonly addOnce: (
    input: {
      readonly under: string;
      readonly body: Body;
      readonly contentType: string;
      readonly maxBytes?: number;
    },
    signal: AbortSignal,
  ) => Promise<AddedObject>;
  /** To pass on as it comes; `undefined` when there is no such object. `signal` ends the body as well. */
  readonly open: (key: string, signal: AbortSignal) => Promise<OpenedObject | undefined>;
  /** The whole of a small object; otherwise like `open`. */
  readonly get: (key: string, signal: AbortSignal) => Promise<FetchedObject | undefined>;
  /**
   * Whoever has the link gets the object as a download under this name, until it expires (at most
   * seven days). `undefined` when there is no such object.
   */
  readonly link: (
    input: { readonly key: string; readonly fileName: string; readonly expiresInSeconds: number },
    signal: AbortSignal,
  ) => Promise<ObjectLink | undefined>;
  /** For the token of a `/files/TOKEN` link. */
  readonly openLink: (token: string, signal: AbortSignal) => Promise<OpenedLink>;
  /** Deleting what is not there is no fault. */
  readonly delete: (key: string, signal: AbortSignal) => Promise<void>;
  /** Deletes the object of this key and all below it (`KEY/…`), recorded anywhere or not. */
  readonly deleteTree: (key: string, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}
