import type { RefusalReason } from "../refusal.ts";

/** A file that attacks whoever reads it. */
export interface HostileFile {
  /** What it does. */
  readonly name: string;
  make(): Uint8Array;
  /** How `inspectUpload` refuses it, where that is not left to the parser. */
  readonly refusedAs?: RefusalReason;
}
