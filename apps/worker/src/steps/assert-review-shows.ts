import type { TaskPage } from "@valet/db";
import { type ReviewToCheck, findReviewChanges } from "@valet/forms";
import { fieldsRefused } from "./fields-refused.ts";

/**
 * Where the last page lists the application, it must list what the pages before it were left with.
 *
 * @throws ValetError `FIELD_NOT_WRITABLE` when the site would send something else.
 */
export async function assertReviewShows(
  { page, pages }: { readonly page: ReviewToCheck["page"]; readonly pages: readonly TaskPage[] },
  signal: AbortSignal,
): Promise<void> {
  const left = pages.filter(({ isLast }) => !isLast).map(({ snapshot }) => snapshot);
  const [first, ...others] = await findReviewChanges({ page, pages: left }, signal);
  if (first !== undefined) throw fieldsRefused(others.length + 1, first.page);
}
