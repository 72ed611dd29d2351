import type { ApplyWay, PageFacts } from "./page-facts.ts";

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

/** What kind of page this is, from its words and from whether the form is there. */
export function classifyPage(facts: PageFacts): PageKind {
  return facts.hasApplicationForm ? classifyWithForm(facts) : classifyWithoutForm(facts);
}

/** While the form stands nothing has been confirmed, whatever the page says. */
function classifyWithForm({ alerts, headings, invalidFields }: PageFacts): PageKind {
  const loud = [...alerts, ...headings];
  if (says(loud, alreadyApplied)) return { kind: "already_applied" };
  if (says(alerts, softError)) return { kind: "site_error" };
  return { kind: alerts.length > 0 || invalidFields > 0 ? "form_with_errors" : "form" };
}

function classifyWithoutForm(facts: PageFacts): PageKind {
  const { httpStatus, alerts, text, headings, title, applyWay } = facts;
  const words = sentences(text);
  const isMissing = httpStatus === 404 || httpStatus === 410;
  if (says(words, closed)) return { kind: "closed" };
  if (isMissing) return { kind: "not_found" };
  if (httpStatus !== null && httpStatus >= 500) return { kind: "site_error" };
  if (says(words, alreadyApplied)) return { kind: "already_applied" };
  if (isConfirmed(facts)) {
    const reference = referenceIn(text);
    return { kind: "confirmation", ...(reference === undefined ? {} : { reference }) };
  }
  if (says([...alerts, ...headings], softError)) return { kind: "site_error" };
  if (says([...headings, title], notFound)) return { kind: "not_found" };
  if (applyWay !== null) return { kind: "posting", apply: applyWay };
  return says(words, softError) ? { kind: "site_error" } : { kind: "unknown" };
}

function isConfirmed({ text, headings, alerts, url }: PageFacts): boolean {
  if (alerts.some((alert) => needsWork.test(alert))) return false;
  const words = sentences(text);
  if (words.some((line) => needsWork.test(line) && /\b(please|must)\b/iu.test(line))) return false;
  if (says(words, confirmed)) return true;
  const isThankYou = headings.some((heading) =>
    /^(thank you|thanks|all done|success)\b/iu.test(heading),
  );
  return (
    isThankYou && /\/(thanks?|thank-?you|confirmation|confirmed|applied|success)\b/iu.test(url)
  );
}

const confirmed =
  /thank(s| you)( very much| so much)? for (applying|your application|submitting)|application (has been |was |is )?(now )?(successfully )?(submitted|received|sent|complete)\b|(received|got) your application|successfully (applied|submitted)|you have (successfully )?applied (for|to)|your application is on its way/iu;

const alreadyApplied =
  /(you('ve| have)|we) already (applied|submitted|received)|already (submitted|received) (an|your|this) application|already applied (to|for) this|application already exists|duplicate application/iu;

const closed =
  /no longer (accepting|taking|available|open|active|being accepted|exists)|(position|job|role|vacancy|posting|opening|requisition) (has been|is|was) (now )?(closed|filled|expired|removed|inactive)|(applications?|posting|job|vacancy) (are|is|have|has) (now )?(been )?closed|job (posting )?(has )?expired|deadline (has )?passed/iu;

const notFound =
  /\b404\b|(page|job|posting|position)( you('re| are) looking for)? (could ?n[o']t be found|was not found|not found|does ?n[o']t exist)|can('|no)t find (that|the|this) (page|job)/iu;

const softError =
  /something went wrong|unexpected error|internal server error|(could not|couldn't|unable to|failed to) (process|submit|complete|send|save)|temporarily unavailable|service unavailable|try again (later|in a)/iu;

const needsWork = /\b(fix|correct|errors?|invalid|incomplete|missing|is required|are required)\b/iu;

/** A sentence about what will or would happen states nothing. */
const hypothetical =
  /\b(if|once|when|after|until|unless|before|will be|would be|may be|in case|have you|did you)\b/iu;

function says(lines: readonly string[], pattern: RegExp): boolean {
  return lines.some((line) => {
    const plain = line.replace(/’/gu, "'");
    return pattern.test(plain) && !hypothetical.test(plain);
  });
}

function sentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function referenceIn(text: string): string | undefined {
  const named =
    /\b(?:reference|confirmation|application|tracking|candidate)(?: (?:number|no\.?|id|code))?\s*(?:is|:|#|-)?\s*#?\s*((?=[A-Z0-9_-]*\d)[A-Z0-9][A-Z0-9_-]{2,}[A-Z0-9])\b/iu;
  return named.exec(text)?.[1];
}
