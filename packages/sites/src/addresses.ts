export { employerOf } from "./employer-of.ts";
export { identifyJob } from "./identify-job.ts";
export type { JobEvidence } from "./job-evidence.ts";
export { jobKeysOf } from "./job-keys.ts";
export type { JobAddress } from "./job-address.ts";
export { assertSiteAllowed } from "./refuse-site.ts";
export { type SiteName, siteNames } from "./site-names.ts";
