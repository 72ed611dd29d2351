import type { RunFilters } from "@valet/contracts";
import type { RunFilter } from "@valet/db";

/** The filters of a request as the database takes them. */
export function filterOf({ since, until, ...filters }: RunFilters): RunFilter {
  return {
    ...filters,
    ...(since === undefined ? {} : { since: new Date(since) }),
    ...(until === undefined ? {} : { until: new Date(until) }),
  };
}
