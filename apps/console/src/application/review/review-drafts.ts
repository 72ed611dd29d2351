import type { Changes } from "./review-changes.ts";

/** What somebody has changed and not sent yet: a login that ends, or a look at another page, loses none of it. */
const drafts = new Map<string, Changes>();

export function readDraft(taskId: string): Changes {
  return drafts.get(taskId) ?? {};
}

export function writeDraft(taskId: string, changes: Changes): void {
  drafts.set(taskId, changes);
}
