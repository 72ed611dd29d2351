import type { Limits } from "@valet/contracts";

export const many = 1_000;

/** So that only what a test says itself holds anybody up. */
export const wide: Limits = {
  user: { live: many, perMinute: many, perDay: many },
  platform: { live: many, perMinute: many, perDay: many },
  host: { live: many, perMinute: many, spacingSeconds: 0 },
  employer: { perDay: many },
};
