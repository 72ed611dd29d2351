/** What is waited for may have happened before the wait exists; a scope names one wait, so nothing older can match. */
const lookBackMs = 48 * 3_600_000;

/** ISO time from which on events count. */
export function lookBackFrom(now: Date): string {
  return new Date(now.getTime() - lookBackMs).toISOString();
}
