import type { TaskEnd } from "@valet/db";
import type { Arrival } from "@valet/sites";

/** What the person is told when the way to the job went on to another site; undefined when it did not. */
export function noticeOf(arrival: Arrival): string | undefined {
  if (arrival.kind !== "moved") return undefined;
  return arrival.isProved
    ? `The job's address leads to ${arrival.host}, which names the same job`
    : `The job's address leads to ${arrival.host}: check that it is the job you mean`;
}

/** The end of an application whose way led to something else than the job; undefined where it goes on. */
export function endOfArrival(arrival: Arrival): TaskEnd | undefined {
  switch (arrival.kind) {
    case "asked_job":
    case "moved":
      return undefined;
    case "other_job":
      return {
        outcome: "not_submitted",
        reason: "OTHER_JOB",
        message:
          "This address now leads to another job. Nothing was typed or sent. If that is the job you mean, apply with its own address.",
      };
    case "no_job":
      return {
        outcome: "not_submitted",
        reason: "POSTING_CLOSED",
        message:
          "The site shows its list of jobs in place of this one, so it takes no applications for it any more. Nothing was sent.",
      };
    case "sign_in":
      return {
        outcome: "not_submitted",
        reason: "SIGN_IN_REQUIRED",
        message: `This address leads to a sign-in page at ${arrival.host}. Nothing was sent. Apply by hand on the site.`,
      };
    case "forbidden":
      return {
        outcome: "not_submitted",
        reason: "OTHER_SITE",
        message: `This address leads to ${arrival.host}, which does not allow programs to apply for people. Nothing was typed or sent. Look for the job on the employer's own site.`,
      };
    case "other_site":
      return {
        outcome: "not_submitted",
        reason: "OTHER_SITE",
        message: `This address leads to ${arrival.host}, and nothing shows that this is the employer's site. Nothing was typed or sent. If you trust it, apply with the address there.`,
      };
  }
}
