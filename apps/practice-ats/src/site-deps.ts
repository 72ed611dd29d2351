import type { Ledger } from "./ledger.ts";

/** What both sites stand on. */
export interface SiteDeps {
  readonly ledger: Ledger;
  /** How long the confirmation of a slow job takes, in milliseconds. */
  readonly slowMs: number;
  /** Aborted when the server stops: nobody waits for a slow answer any more. */
  readonly stopping: AbortSignal;
}
