import { PersonWall } from "@valet/contracts";
import type { DispatchVerdict } from "./intent-machine.ts";

/** What can be known after the click; no page text, only what was recognised. */
export interface DispatchEvidence {
  /** What the page shows now. */
  readonly page:
    | "confirmation"
    | "already_applied"
    | "form_with_errors"
    | "form"
    | "site_error"
    | "other"
    | "unreachable"
    | PersonWall;
  /** What the session host saw of the answer to the released request; null when it saw none. */
  readonly response: { readonly status: number | null } | null;
  /** False when the browser was lost, so that neither page nor answers can be trusted to be complete. */
  readonly sessionAlive: boolean;
}

export interface Judgement {
  readonly verdict: DispatchVerdict;
  readonly signs: readonly string[];
}

/**
 * `confirmed` needs a good answer to the submit request *and* an independent sign on the page; text
 * alone is never enough. `rejected` needs the form still there with its errors *and* a site that
 * answered: a page whose request failed shows an error of its own, and what it sent may be stored. At
 * a wall nothing is proven: the site may have stored the application and ask afterwards. Only where its
 * answer says so in a way made for programs did it take nothing without the code. All else is unknown.
 */
export function judgeDispatch(evidence: DispatchEvidence): Judgement {
  const signs: string[] = [];
  const status = evidence.response?.status ?? null;
  const isJudged = status !== null && status < 500;
  const answered = status !== null && status >= 200 && status < 400;
  if (answered) signs.push("response_ok");
  if (evidence.page === "confirmation") signs.push("confirmation_text", "form_gone");
  if (evidence.page === "already_applied") signs.push("already_applied_text");
  if (evidence.page === "form_with_errors") signs.push("field_errors", "form_present");
  if (isPersonWall(evidence.page)) signs.push("wall");
  return { verdict: verdictOf(evidence, { answered, isJudged }), signs };
}

/** RFC 6585 §3; Greenhouse answers so when it wants its e-mailed code first. */
const preconditionRequired = 428;

function isPersonWall(page: DispatchEvidence["page"]): page is PersonWall {
  return PersonWall.safeParse(page).success;
}

function verdictOf(
  { page, response, sessionAlive }: DispatchEvidence,
  { answered, isJudged }: { readonly answered: boolean; readonly isJudged: boolean },
): DispatchVerdict {
  if (!sessionAlive) return { kind: "unknown" };
  if (page === "confirmation" && answered) return { kind: "confirmed" };
  if (page === "already_applied") return { kind: "already_applied" };
  if (page === "form_with_errors" && isJudged) return { kind: "rejected" };
  if (page === "email_code" && response?.status === preconditionRequired) {
    return { kind: "code_required" };
  }
  if (isPersonWall(page)) return { kind: "walled", by: page };
  return { kind: "unknown" };
}
