import { expect, test } from "vitest";
import { assertSiteAllowed } from "./refuse-site.ts";

test.each([
  "https://www.linkedin.com/jobs/view/4012345678",
  "https://linkedin.com/jobs/view/1",
  "https://de.linkedin.com/jobs/view/1",
  "https://LINKEDIN.com./jobs/view/1",
  "https://lnkd.in/abc",
  "https://www.indeed.com/viewjob?jk=1",
  "https://smartapply.indeed.com/beta/indeedapply/form/contact-info",
  "https://uk.indeed.co.uk/viewjob?jk=1",
  "https://www.glassdoor.de/job-listing/x",
  "https://www.ziprecruiter.com/jobs/x",
])("%s is refused with its reason", (address) => {
  expect(() => assertSiteAllowed(new URL(address))).toThrow(
    expect.objectContaining({
      code: "SITE_FORBIDS_AUTOMATION",
      message: expect.stringMatching(/does not allow .* Nothing was started\. .*employer/su),
    }),
  );
});

test.each([
  "https://job-boards.greenhouse.io/linkedin/jobs/1",
  "https://notlinkedin.com/jobs/1",
  "https://careers.example/?ref=linkedin.com",
  "https://indeed.example/jobs/1",
])("%s is not", (address) => {
  expect(() => assertSiteAllowed(new URL(address))).not.toThrow();
});
