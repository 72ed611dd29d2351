import { createHash } from "node:crypto";
import type { SubmitPayload } from "@valet/contracts";
import { isSafeMethod } from "../is-safe-method.ts";
import { isCaptchaService } from "./captcha-services.ts";
import { carriesApplication, countCarriedValues, isIdentifying } from "./carries-values.ts";
import { matchesRule } from "./gate-policy.ts";
import type { GateKnowledge, HeldRequest } from "./judge-request.ts";

/**
 * Whether a request looks like the application itself, sent by somebody who pressed its button. Only what is
 * said about it hangs on this: what looks like another thing is kept all the same. Pure.
 */
export function looksLikeApplication(
  request: HeldRequest,
  { policy, values }: GateKnowledge,
): boolean {
  if (request.isRedirected) return false;
  if (matchesRule(request, policy.submits)) return true;
  if (matchesRule(request, policy.passes) || isCaptchaService(request.url)) return false;
  if (request.resourceType === "Document") {
    return (
      !isSafeMethod(request.method) || countCarriedValues(request, values.filter(isIdentifying)) > 0
    );
  }
  // Where the requests that send are known, a script has no other.
  if (isSafeMethod(request.method) || policy.submits.length > 0) return false;
  return carriesApplication(request, values);
}

/** What a person pressed, and the gate kept. */
export interface Press {
  /** `pressDigestOf` what it would have sent. */
  readonly pressDigest: string;
  readonly method: string;
  /** Where to, without its query. */
  readonly place: string;
}

export function pressOf(payload: SubmitPayload): Press {
  const { method, url } = payload;
  return { pressDigest: pressDigestOf(payload), method, place: url.replace(/[?#].*$/su, "") };
}

/** Answers of captchas, by the names that their services give them: new at every press. */
const freshEntries = /(?:^|\/)(?:g-recaptcha-response|h-captcha-response|cf-turnstile-response)/iu;

/**
 * SHA-256 over what a press sends, hex: method, address and everything carried, by name. The boundary of a
 * multipart form is no part of it, nor are a captcha's answers: both are new at every press. Of a file it
 * knows the name alone.
 */
export function pressDigestOf({ method, url, entries }: SubmitPayload): string {
  const carried = entries.filter(({ name }) => !freshEntries.test(name));
  const told = carried.map((entry) => [
    entry.name,
    "fileName" in entry ? { file: entry.fileName } : entry.value,
  ]);
  return createHash("sha256")
    .update(JSON.stringify([method, url, told]))
    .digest("hex");
}
