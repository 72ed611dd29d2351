import {
  alreadyApplied,
  asksForWork,
  closed,
  confirmed,
  namesFaults,
  needsWork,
  notFound,
  signIn,
  softError,
  underWay,
  unfinished,
} from "./outcome-words.ts";
import type { ApplyWay, PageFacts } from "./page-facts.ts";
import { saysClosed } from "./says-closed.ts";
import { says, sentences } from "./sentences.ts";

export type PageKind =
  | { readonly kind: "form" }
  | { readonly kind: "form_with_errors" }
  | { readonly kind: "posting"; readonly apply: ApplyWay }
  | { readonly kind: "closed" }
  | { readonly kind: "not_found" }
  /** `reference`: the site's own number for the application, when it shows one. */
  | { readonly kind: "confirmation"; readonly reference?: string }
  | { readonly kind: "already_applied" }
  | { readonly kind: "site_error" }
  | { readonly kind: "unknown" };

/** What is known of a page beyond what it shows. */
export interface PageContext {
  /** Its address follows on a stored application and on nothing else. */
  readonly isConfirmationAddress?: boolean;
}

/** What kind of page this is, from its words, its address and from whether the form is there. */
export function classifyPage(facts: PageFacts, context: PageContext = {}): PageKind {
  if (saysClosed(facts)) return { kind: "closed" };
  return facts.hasApplicationForm ? classifyWithForm(facts) : classifyWithoutForm(facts, context);
}

/** While the form stands nothing has been confirmed, whatever the page says. */
function classifyWithForm({ alerts, headings, invalidFields }: PageFacts): PageKind {
  const loud = sentences([...alerts, ...headings].join("\n"));
  if (says(loud, alreadyApplied)) return { kind: "already_applied" };
  if (says(sentences(alerts.join("\n")), softError)) return { kind: "site_error" };
  return { kind: alerts.length > 0 || invalidFields > 0 ? "form_with_errors" : "form" };
}

function classifyWithoutForm(
  facts: PageFacts,
  { isConfirmationAddress = false }: PageContext,
): PageKind {
  const { httpStatus, alerts, text, headings, title, applyWay } = facts;
  const words = sentences(text);
  const isMissing = httpStatus === 404 || httpStatus === 410;
  if (isMissing) return { kind: "not_found" };
  if (httpStatus !== null && httpStatus >= 500) return { kind: "site_error" };
  if (says(words, alreadyApplied)) return { kind: "already_applied" };
  if (isConfirmed(facts) || (isConfirmationAddress && isQuiet(facts))) {
    const reference = referenceIn(text);
    return { kind: "confirmation", ...(reference === undefined ? {} : { reference }) };
  }
  if (says([...alerts, ...headings], softError)) return { kind: "site_error" };
  if (says([...headings, title], notFound)) return { kind: "not_found" };
  if (applyWay !== null) return { kind: "posting", apply: applyWay };
  return says(words, softError) ? { kind: "site_error" } : { kind: "unknown" };
}

/** It says something, and nothing that speaks against an application that has arrived. */
function isQuiet({ text, headings, title, alerts, httpStatus, applyWay }: PageFacts): boolean {
  const isGood = httpStatus === null || (httpStatus >= 200 && httpStatus < 400);
  const heads = [title, ...headings];
  const words = [...heads, ...sentences(text)];
  const against = [softError, notFound, unfinished, underWay, closed];
  return (
    isGood &&
    text.trim() !== "" &&
    alerts.length === 0 &&
    applyWay === null &&
    !heads.some((head) => signIn.test(head)) &&
    !against.some((pattern) => words.some((line) => pattern.test(line))) &&
    !words.some(saysWhatIsWrong)
  );
}

function saysWhatIsWrong(line: string): boolean {
  return needsWork.test(line) && (asksForWork.test(line) || namesFaults.test(line));
}

function isConfirmed({ text, headings, alerts, url }: PageFacts): boolean {
  if (alerts.some((alert) => needsWork.test(alert))) return false;
  const words = sentences(text);
  if (says(words, unfinished)) return false;
  if (words.some(saysWhatIsWrong)) return false;
  if (says(words, confirmed)) return true;
  const isThankYou = headings.some((heading) =>
    /^(thank you|thanks|all done|success|vielen dank|danke|merci|(muchas )?gracias|obrigad[oa]|grazie|bedankt|dziękujemy)(?!\p{L})/iu.test(
      heading,
    ),
  );
  return (
    isThankYou && /\/(thanks?|thank-?you|confirmation|confirmed|applied|success)\b/iu.test(url)
  );
}

function referenceIn(text: string): string | undefined {
  const named =
    /\b(?:reference|confirmation|application|tracking|candidate)(?: (?:number|no\.?|id|code))?\s*(?:is|:|#|-)?\s*#?\s*((?=[A-Z0-9_-]*\d)[A-Z0-9][A-Z0-9_-]{2,}[A-Z0-9])\b/iu;
  return named.exec(text)?.[1];
}
