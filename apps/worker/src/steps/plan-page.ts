import type { FormField, PlannedField, Profile, TaskMode } from "@valet/contracts";
import type { TaskAnswer } from "@valet/db";
import { type PostingFacts, planAnswers, planFields } from "@valet/forms";

export interface PageToPlan {
  readonly profile: Profile;
  /** What the person has answered for this application alone: it counts before all that is stored. */
  readonly answers: readonly TaskAnswer[];
  readonly mode: TaskMode;
  readonly fields: readonly FormField[];
  readonly resume: { readonly fileName: string } | null;
  /** What the posting says of itself. */
  readonly posting: PostingFacts;
}

/** What to do with each field of a page. Conclusions count only where a review shows them to the person. */
export function planPage({
  profile,
  answers,
  mode,
  fields,
  resume,
  posting: { company, ...job },
}: PageToPlan): PlannedField[] {
  const planned = planFields({
    fields,
    profile,
    resume,
    job,
    ...(company === undefined ? {} : { company }),
    isReviewed: mode === "copilot",
    today: new Date().toISOString().slice(0, 10),
  });
  return planAnswers(fields, { planned, answers });
}
