/** What the applicant is told; derived, so that the ledger line of a confirmation can be found. */
export function confirmationNumber(requestId: string): string {
  return `NW-${requestId.slice(0, 8).toUpperCase()}`;
}
