import type { FormField } from "../../form-field.ts";

/** What the server tells the page about one publication. */
export interface PageConfig {
  /** Address of the publication's calls, without its last segment. */
  readonly api: string;
  /** Sent along with each call, with its question mark. */
  readonly query: string;
  readonly personal: readonly FormField[];
  readonly screening: readonly FormField[];
  readonly words: {
    readonly next: string;
    readonly back: string;
    readonly submit: string;
    readonly choose: string;
    readonly thanks: string;
    readonly received: string;
    readonly alreadyApplied: string;
    readonly softError: string;
  };
  readonly overwrites: boolean;
  readonly repeatsIds: boolean;
}

/** What is in the fields, whichever page shows them, and what is wrong with them. */
export interface Answers {
  readonly values: Map<string, readonly string[]>;
  readonly files: Map<string, File>;
  readonly errors: Map<string, string>;
}
