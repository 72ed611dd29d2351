import type { Quirk } from "./vendor-site.ts";

/** What sites of every vendor do at times. */
export const commonQuirks = {
  closed: {
    name: "closed",
    description: "The posting takes no applications any more.",
    outcome: "closed",
  },
  invalid: {
    name: "invalid",
    description: "The application is never accepted.",
    outcome: "form_with_errors",
  },
  alreadyApplied: {
    name: "already-applied",
    description: "The site says that this person applied before.",
    outcome: "already_applied",
  },
  slow: { name: "slow", description: "The confirmation takes some seconds." },
  softError: {
    name: "soft-error",
    description: "HTTP 200 with an error, although the application was stored.",
    outcome: "site_error",
  },
} as const satisfies Record<string, Quirk>;
