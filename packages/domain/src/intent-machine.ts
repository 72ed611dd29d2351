import type { IntentState, Outcome, PersonWall, ReasonCode } from "@valet/contracts";

/**
 * prepared → approved → armed → dispatched → confirmed | rejected | unknown; `aborted` from the
 * first three. From `dispatched` on a request may have left: nothing leads back, and nothing here
 * ever leads to a second dispatch. Design §5.
 */
export type IntentEvent =
  | "approve"
  | "page_changed"
  | "arm"
  | "dispatch"
  | "confirm"
  | "reject"
  | "lose_track"
  | "abort";

const transitions: Readonly<Record<IntentState, Partial<Record<IntentEvent, IntentState>>>> = {
  prepared: { approve: "approved", page_changed: "prepared", abort: "aborted" },
  approved: { arm: "armed", page_changed: "prepared", abort: "aborted" },
  armed: { dispatch: "dispatched", abort: "aborted" },
  dispatched: { confirm: "confirmed", reject: "rejected", lose_track: "unknown" },
  unknown: { confirm: "confirmed", reject: "rejected" },
  confirmed: {},
  rejected: {},
  aborted: {},
};

export function nextIntentState(state: IntentState, event: IntentEvent): IntentState | undefined {
  return transitions[state][event];
}

/** A request may have reached the site: never click again, never call it "not submitted". */
export function mayHaveBeenSent(state: IntentState): boolean {
  return (
    state === "dispatched" || state === "confirmed" || state === "rejected" || state === "unknown"
  );
}

/** What the page and the recorded response said after dispatch. */
export type DispatchVerdict =
  | { readonly kind: "confirmed" }
  | { readonly kind: "already_applied" }
  | { readonly kind: "rejected" }
  /** The site took nothing: it first wants the code that it sent to the person. */
  | { readonly kind: "code_required" }
  /** The site asks for the person before it says what became of the application. */
  | { readonly kind: "walled"; readonly by: PersonWall }
  | { readonly kind: "unknown" };

interface VerdictEffects {
  readonly event: IntentEvent;
  readonly outcome: Outcome;
  readonly reason: ReasonCode | null;
}

/** "Already applied" is a rejection of this attempt that still is good news for the applicant. */
export function effectsOf(verdict: DispatchVerdict): VerdictEffects {
  switch (verdict.kind) {
    case "confirmed":
      return { event: "confirm", outcome: "confirmed", reason: null };
    case "already_applied":
      return { event: "reject", outcome: "already_applied", reason: "ALREADY_APPLIED" };
    case "rejected":
      return { event: "reject", outcome: "rejected", reason: "SITE_REJECTED" };
    case "code_required":
      return { event: "reject", outcome: "rejected", reason: reasonsAtWall.email_code };
    case "walled":
      return { event: "lose_track", outcome: "unconfirmed", reason: reasonsAtWall[verdict.by] };
    case "unknown":
      return { event: "lose_track", outcome: "unconfirmed", reason: "NO_PROOF" };
  }
}

/** Why an application ended, or stopped, at a wall. */
export const reasonsAtWall: Readonly<Record<PersonWall, ReasonCode>> = {
  captcha: "CAPTCHA_UNSOLVED",
  email_code: "EMAIL_CODE_REQUIRED",
  sign_in: "SIGN_IN_REQUIRED",
  consent: "CONSENT_REQUIRED",
};
