import { z } from "zod";
import { identifyJob } from "../identify-job.ts";
import type { ReadJobKeys } from "../job-evidence.ts";

const Published = z.object({
  id: z.int().positive(),
  internal_job_id: z.int().positive().nullish(),
});

/** Each board gives a job a number of its own; the number within Greenhouse is the same on all of them. */
export const greenhouseJobKeys: ReadJobKeys = (address, { published }) => {
  const { success, data } = Published.safeParse(published);
  if (!success || `greenhouse:${data.id}` !== identifyJob(address).jobKey) return [];
  // Prospects are taken by a board without any job behind it.
  if (data.internal_job_id === null || data.internal_job_id === undefined) return [];
  return [`greenhouse:${regionOf(address)}job/${data.internal_job_id}`];
};

/** The two regions count for themselves. */
function regionOf({ hostname }: URL): string {
  return hostname.toLowerCase().endsWith(".eu.greenhouse.io") ? "eu/" : "";
}
