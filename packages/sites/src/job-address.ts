import type { SiteName } from "./site-names.ts";

/** What the address of a job says, before anything is loaded. */
export interface JobAddress {
  readonly site: SiteName;
  /** Of one job always the same, whatever address it was found under; of two jobs never. */
  readonly jobKey: string;
  /** Where the application form is opened. */
  readonly formUrl: URL;
}

/** Undefined when the address is not one of this site's jobs. */
export type ReadAddress = (url: URL) => JobAddress | undefined;
