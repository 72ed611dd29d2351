/** Each alone keeps something from going wrong that all the others let through. */
export const guards = [
  "one live attempt for each job",
  "only what the person chose is repeated",
  "approval is used once",
  "approval has not expired",
  "approval by act is its press's alone",
  "press is compared",
  "digest is compared",
  "fence is compared on arming",
  "fence is compared on dispatch",
  "compare-and-set of armed to dispatched",
  "gate is closed before it is armed",
  "gate refuses after it has released",
  "takeover closes the gate",
  "gate is closed before the outcome is judged",
  "outcome is judged where it was sent",
  "latch",
  "proxy is cut before the gate falls",
] as const;

export type Guard = (typeof guards)[number];

/** Whether a guard stands in this variant of the model. */
export type Stands = (guard: Guard) => boolean;
