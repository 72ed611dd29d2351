/** Set for `npm run test:sweep`, which tries every case of what `npm test` only takes a sample of. */
export const isSweep = process.env["VALET_TEST_SWEEP"] === "1";

/** Every case in a sweep, otherwise the sample, which has to show each kind of behaviour once. */
export function everyCaseOr<Case>(every: Case, sample: Case): Case {
  return isSweep ? every : sample;
}
