import type { Meaning } from "@valet/contracts";
import type { Finding } from "../meaning/assign-meaning.ts";
import { found } from "../meaning/assign-meaning.ts";
import { plainText } from "../meaning/core-question.ts";
import type { RawButton, RawControl, RawForm } from "./raw-page.ts";

/** What a form is there for; "other" may be an application. */
export type FormPurpose =
  | "login"
  | "sign-up"
  | "search"
  | "newsletter"
  /** It sends the posting to somebody else. */
  | "recommendation"
  | "payment"
  | "other";

export interface FormToJudge {
  readonly form: RawForm | undefined;
  readonly controls: readonly RawControl[];
  readonly findings: readonly Finding[];
  readonly buttons: readonly RawButton[];
  /** Of the page; of use where the form itself says nothing. */
  readonly title: string;
}

const signUp =
  /sign ?-?up|regist(er|r|ier|ro)|create|join|inscri|crear|criar|cadastr|anmelden fur|konto (erstellen|anlegen)|iscriv|aanmaken|zarejestr|rejestrac|signup|new (user|account|customer)|enrol|kayit|регистрац/u;
const mostLinesToRecommend = 6;
const login =
  /log ?-?(in|on)|sign ?-?(in|on)|signin|anmeld|einlogg|connexion|connecter|identif|iniciar|acceder|ingresar|entrar|accedi|inlog|aanmeld|zaloguj|logowan|войти|вход|logga in|logg inn|log ind|prihlas|giris/u;
/** The first step of an application may lie under an address that says "login"; its form's own name knows better. */
const asksForAddress = /\benter[ -]?e-?mail[ -]?form\b/u;
const news =
  /newsletter|subscri|mailing ?-?list|boletin|abonner|abonnieren|inscri.{0,10}newsletter|iscriviti|nieuwsbrief|biuletyn|signup-?form-?footer|email-?sign-?up|stay (in touch|informed|up to date)|mc-embedded|mailchimp|рассылк/u;
/** Compared with plain text: lower case, without accents. */
const recommends =
  /\b(tell|invite) a friend\b|\b(e-?mail|send|forward|share) (this|the) (job|posting|vacancy|position)\b|\b(e-?mail|send|share)( this| it)? (to|with) a friend\b|\brefer a friend\b|recommend (this|the) (job|position)|(stelle|job) (weiterempfehlen|empfehlen|teilen|weiterleiten)|recommander (cette offre|ce poste)|partager (cette offre|ce poste)|envoyer a un ami|recomendar (este|esta) (empleo|oferta|puesto|vaga)|enviar a un amigo|compartir (este|esta) (empleo|oferta)|consiglia (questa|a un amico)|vacature (delen|doorsturen)|polec (znajomemu|te oferte)/u;

export function purposeOf({ form, controls, findings, buttons, title }: FormToJudge): FormPurpose {
  const shown = controls.filter(({ visible, hidden }) => visible || hidden === null);
  const own = (shown.length === 0 ? controls : shown).filter(({ kind }) => kind !== "other");
  const meanings = new Set<Meaning>(findings.map(({ meaning }) => meaning));
  const secrets = own.filter(({ kind }) => kind === "password");
  const passwords = secrets.length;
  const isNew = secrets.some(({ autocomplete }) => /new-password/u.test(autocomplete));
  const lines = own.filter(({ kind }) =>
    /^(text|email|tel|url|number|date|textarea|select|combobox|radio)/u.test(kind),
  ).length;
  const texts = plainText(
    buttons
      .filter(({ type }) => type !== "link")
      .map(({ text }) => text)
      .join(" | "),
  );
  const words = `${plainText(form?.heading ?? "")} ${plainText((form?.marks ?? "").replace(/[_-]/gu, " "))}`;
  if (
    meanings.has("payment.other") &&
    findings.filter(({ meaning }) => meaning === "payment.other").length >= 2
  ) {
    return "payment";
  }
  const hasOpen = own.some(({ kind }) => kind === "textarea" || kind === "file");
  const isFew = lines <= mostLinesToRecommend && !own.some(({ kind }) => kind === "file");
  if (passwords === 0 && isFew && recommends.test(words)) return "recommendation";
  const isSmall = lines <= 2;
  if (passwords === 1 && isSmall && !isNew && !meanings.has("name.first")) {
    // Its own name and heading weigh more than buttons: each page offers the way to the other.
    const own = { signUp: signUp.test(words), login: login.test(words) };
    if (signUp.test(texts)) {
      if (own.signUp !== own.login) return own.login ? "login" : "sign-up";
      return login.test(texts) && lines === 1 ? "login" : "sign-up";
    }
    if (login.test(texts)) return "login";
    const about = login.test(words) || signUp.test(words) ? words : plainText(title);
    return lines === 2 || (signUp.test(about) && !login.test(about)) ? "sign-up" : "login";
  }
  if (passwords > 0) return "sign-up";
  if (isSmall && meanings.has("search") && lines === 1) return "search";
  const asks = [...meanings].filter(
    (meaning) => !/^(unknown|consent|honeypot|captcha)/u.test(meaning),
  );
  const isContact = asks.every((meaning) =>
    /^(email|name\.|address\.(postal|country))/u.test(meaning),
  );
  if (meanings.has("email") && isContact && lines <= 3 && !hasOpen) {
    const labels = plainText(own.map(({ label }) => label.slice(0, 200)).join(" | "));
    if (news.test(texts) || news.test(words) || news.test(labels)) return "newsletter";
    if (
      lines === 1 &&
      !asksForAddress.test(words) &&
      login.test(`${words} ${plainText(title)}`) &&
      !signUp.test(`${texts} ${words}`)
    ) {
      return "login";
    }
  }
  return "other";
}

/** In a sign-in form the address is the name of the account. */
export function adaptToPurpose(finding: Finding, purpose: FormPurpose): Finding {
  if (purpose !== "login") return finding;
  return finding.meaning === "email" ||
    finding.meaning === "phone" ||
    finding.meaning === "name.full"
    ? found("account.username", 0.85, "it names the account in a sign-in form")
    : finding;
}

const reasons: Readonly<Partial<Record<FormPurpose, string>>> = {
  login: "it belongs to a sign-in form",
  search: "it belongs to a search",
  newsletter: "it belongs to a newsletter form",
  recommendation: "it belongs to a form that tells somebody else of the posting",
  payment: "it belongs to a payment form",
};

/** Why fields of such a form are left alone, or null. */
export function purposeBars(purpose: FormPurpose): string | null {
  return reasons[purpose] ?? null;
}
