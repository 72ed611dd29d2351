import type { FormField, PlannedField, Profile, TaskMode } from "@valet/contracts";
import { type PostingFacts, planFields } from "@valet/forms";

export interface PageToPlan {
  readonly profile: Profile;
  readonly mode: TaskMode;
  readonly fields: readonly FormField[];
  readonly resume: { readonly fileName: string } | null;
  /** What the posting says of itself. */
  readonly posting: PostingFacts;
}

/** What to do with each field of a page. Conclusions count only where a review shows them to the person. */
export function planPage({
  profile,
  mode,
  fields,
  resume,
  posting: { company, ...job },
}: PageToPlan): PlannedField[] {
  return planFields({
    fields,
    profile,
    resume,
    job,
    ...(company === undefined ? {} : { company }),
    isReviewed: mode === "copilot",
    today: new Date().toISOString().slice(0, 10),
  });
}
