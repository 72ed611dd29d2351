import type { TaskFilters } from "@valet/contracts";
import type { TaskFilter } from "@valet/db";

/** The filters of a request as the database takes them. */
export function filterOf({ since, until, ...filters }: TaskFilters): TaskFilter {
  return {
    ...filters,
    ...(since === undefined ? {} : { since: new Date(since) }),
    ...(until === undefined ? {} : { until: new Date(until) }),
  };
}
