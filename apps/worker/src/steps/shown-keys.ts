import type { TaskPage } from "@valet/db";
import { identifyJob } from "@valet/sites";

/** An employer's own page and the system's posting it leads to are one job: both keys are held. */
export function shownKeys(pages: readonly TaskPage[]): string[] {
  return pages
    .flatMap(({ snapshot }) => URL.parse(snapshot.url) ?? [])
    .map(identifyJob)
    .filter(({ site }) => site !== "generic")
    .map(({ jobKey }) => jobKey);
}
