import type { ApprovedForm } from "@valet/browser";
import type { FormSnapshot, PlannedField } from "@valet/contracts";
import type { TaskPage } from "@valet/db";
import type { FormPage } from "@valet/forms";
import { approvedFormOf } from "@valet/sites";

/** The last page of a form as it was read back, ready for its button to be pressed. */
export interface PageToSend {
  readonly form: FormPage;
  readonly pages: readonly TaskPage[];
  readonly snapshot: FormSnapshot;
  /** What was approved; in a rehearsal what was prepared. */
  readonly approvedDigest: string;
  /** The pages as they stand now. */
  readonly readAgain: () => Promise<readonly TaskPage[]>;
}

/** The form as the gate has to know it. */
export function formOf({ form, snapshot }: PageToSend): ApprovedForm {
  return approvedFormOf({ ...form, target: snapshot.pages.at(-1)?.target ?? null });
}

/** Everything that was entered, over all pages. */
export function enteredOn({ pages }: PageToSend): PlannedField[] {
  return pages.flatMap(({ plan }) => plan);
}
