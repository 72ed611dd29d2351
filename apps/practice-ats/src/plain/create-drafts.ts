import { randomUUID } from "node:crypto";

import type { FormVisit } from "../job-catalogue.ts";
import type { LedgerFile } from "../ledger.ts";

/** An application somebody has begun; it is known by the id in its URL. */
export interface Draft {
  readonly id: string;
  readonly jobName: string;
  readonly visit: FormVisit;
  readonly contact: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly resume: LedgerFile | undefined;
}

export interface Drafts {
  begin(start: Pick<Draft, "jobName" | "visit" | "contact">): Draft;
  find(jobName: string, id: string): Draft | undefined;
  save(draft: Draft): void;
}

/** Kept in memory: a draft does not outlive the server. */
export function createDrafts(): Drafts {
  const drafts = new Map<string, Draft>();
  return {
    begin(start) {
      const draft = { ...start, id: randomUUID(), answers: {}, resume: undefined };
      drafts.set(draft.id, draft);
      return draft;
    },
    find(jobName, id) {
      const draft = drafts.get(id);
      return draft?.jobName === jobName ? draft : undefined;
    },
    save(draft) {
      drafts.set(draft.id, draft);
    },
  };
}
