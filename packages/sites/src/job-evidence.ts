/** What is known of a job beyond its address. */
export interface JobEvidence {
  /** What the site publishes of the job, as it came. */
  readonly published?: unknown;
  /** Addresses that the posting leads to for applying: of its apply link, and of its frames. */
  readonly leadsTo?: readonly URL[];
}

/** Further keys of a job at this address; none where the evidence is not of this job. Pure, never throws. */
export type ReadJobKeys = (address: URL, evidence: JobEvidence) => readonly string[];
