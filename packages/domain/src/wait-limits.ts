import type { HumanStepKind, WaitLimits } from "@valet/contracts";

const minute = 60;
const hour = 60 * minute;

/**
 * Seconds that a person has for each kind of step. A captcha's picture and an emailed code are soon stale;
 * what only has to be read or decided can wait for a day.
 */
const usualLimits: Readonly<Record<HumanStepKind, number>> = {
  captcha: 10 * minute,
  email_code: 15 * minute,
  sign_in: 30 * minute,
  takeover: hour,
  consent: 24 * hour,
  attestation: 24 * hour,
  question: 24 * hour,
  review: 24 * hour,
};

export function waitSecondsOf(kind: HumanStepKind, chosen: WaitLimits): number {
  return chosen[kind] ?? usualLimits[kind];
}
