import type { FormField } from "@valet/contracts";
import type { PageFacts } from "../navigate/page-facts.ts";

/** What keeps a session from the form and is no captcha. */
export interface SiteWall {
  /**
   * `sign_in`: an account is asked for; `email_code`: a code or a link was sent to the person;
   * `consent`: the person is asked for a consent of their own before anything else;
   * `blocked`: the site lets this browser in nowhere; `rate_limited`: it asks to wait;
   * `expired`: the session or the link is too old.
   */
  readonly kind: "sign_in" | "email_code" | "consent" | "blocked" | "rate_limited" | "expired";
  /** What on the page says so. */
  readonly why: string;
}

export type FieldsSeen = Pick<FormField, "kind" | "meaning" | "visible" | "policy">;

const sent =
  /(sent|e-?mailed|texted) (you )?(a|an|the)?.{0,40}(code|link|e-?mail|message)|check your (e-?mail|inbox|mailbox)|verify your (e-?mail|email address|account)|confirm your e-?mail address|(code|link|e-?mail).{0,30}(gesendet|geschickt|verschickt)|(code|lien|e-?mail).{0,30}envoyé|(código|codigo|enlace|correo).{0,30}enviado|(codice|link|e-?mail).{0,30}inviat|(code|link|e-?mail).{0,30}(verzonden|gestuurd)|wysłaliśmy.{0,40}(kod|link|wiadomość)/iu;

const tooMany =
  /too many (requests|attempts)|rate limit|slow down|unusual(ly)? (high )?(traffic|activity)|zu viele (anfragen|versuche)|trop de (requêtes|tentatives)|demasiad[oa]s (solicitudes|intentos)|troppi tentativi|te veel (verzoeken|pogingen)|zbyt wiele (żądań|prób)/iu;

const blocked =
  /access (to this (page|site) )?(has been |is |was )?(denied|blocked)|you (have been|are|were) blocked|\bforbidden\b|not allowed to (access|view) this|zugriff (verweigert|gesperrt)|accès (refusé|interdit)|acceso denegado|acesso negado|accesso negato|toegang geweigerd|odmowa dostępu/iu;

const expired =
  /(session|link|token|invitation)('s)? (has |is |was )?(expired|timed out|no longer valid)|(sitzung|link) (ist )?(abgelaufen|ungültig)|session (a )?expiré|lien (a )?expiré|(sesión|enlace).{0,12}(caducad|expirad)|sess(ão|ao) expir|sessione scaduta|sessie (is )?verlopen|sesja wygasła/iu;

const consent =
  /(need|require|give|ask for|request)s? (us )?(your|data|my) consent|consent (is )?(needed|required)|(benötigen|brauchen) (wir )?ihre einwilligung|besoin de votre consentement|necesitamos su consentimiento/iu;
const consentHead =
  /consent|gdpr|data (protection|privacy|processing)|privacy|datenschutz|einwilligung|consentement|protection des données|consentimiento|protección de datos/iu;

/** Which wall stands on a page, from its words and fields; null when the way is open. Captchas are told elsewhere. */
export function judgeSiteWall(facts: PageFacts, fields: readonly FieldsSeen[]): SiteWall | null {
  const seen = fields.filter(({ visible }) => visible);
  const takesCode = seen.some(({ meaning }) => meaning === "captcha");
  if (takesCode && sent.test(facts.text)) {
    return { kind: "email_code", why: "it asks for a code that was sent" };
  }
  // What a form says about sessions and limits is part of its text.
  if (facts.hasApplicationForm) return null;
  const loud = [facts.title, ...facts.headings, ...facts.alerts, facts.text.slice(0, 600)].join(
    "\n",
  );
  if (facts.httpStatus === 429 || tooMany.test(loud)) {
    return { kind: "rate_limited", why: said(facts, 429, "it says there were too many requests") };
  }
  if (facts.httpStatus === 401 || hasSignIn(seen)) {
    return { kind: "sign_in", why: said(facts, 401, "it shows a sign-in form and no application") };
  }
  if (expired.test(loud)) return { kind: "expired", why: "it says the session or link is too old" };
  if (facts.httpStatus === 403 || blocked.test(loud)) {
    return { kind: "blocked", why: said(facts, 403, "it says access is denied") };
  }
  if (facts.headings.some((head) => consentHead.test(head)) && consent.test(loud)) {
    return { kind: "consent", why: "it asks for a consent before it shows the form" };
  }
  return sent.test(loud) ? { kind: "email_code", why: "it says something was sent" } : null;
}

function hasSignIn(seen: readonly FieldsSeen[]): boolean {
  return (
    seen.some(({ kind }) => kind === "password") ||
    (seen.some(({ meaning }) => meaning === "account.username") &&
      seen.every(({ policy }) => policy === "never"))
  );
}

function said({ httpStatus }: PageFacts, status: number, otherwise: string): string {
  return httpStatus === status ? `the site answered ${status}` : otherwise;
}
