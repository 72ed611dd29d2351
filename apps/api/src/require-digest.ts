import { ValetError } from "@valet/contracts";
import { type Db, type TaskRow, findOpenReview } from "@valet/db";

/** Refuses an approval that does not say of what, and tells what could be approved now. */
export async function requireDigest(db: Db, task: TaskRow): Promise<never> {
  const review = await findOpenReview(db, task.id);
  if (review === undefined || review.isExpired) {
    throw new ValetError(
      "DIGEST_REQUIRED",
      `An approval must name the digest of what was looked at. Nothing was approved. This application is ${task.state.replaceAll("_", " ")} and shows nothing to approve now.`,
      { state: task.state },
    );
  }
  throw new ValetError(
    "DIGEST_REQUIRED",
    "An approval must name the digest of what was looked at. Nothing was approved. Look at the fields of this application, then send the digest in `details`.",
    {
      state: task.state,
      digest: review.digest,
      stepId: review.stepId,
      expiresAt: review.expiresAt.toISOString(),
    },
  );
}
