import { type FormField, type PolicyClass, policyClasses } from "@valet/contracts";
import { findAnswer } from "../answer/answer-rules.ts";
import { type AskedQuestion, type Finding, askedQuestion } from "../answer/asked-question.ts";
import { plainWords } from "../answer/question-words.ts";
import { answerFact } from "./answer-fact.ts";
import { asksTwo, twoQuestions } from "../answer/two-questions.ts";
import { backgroundFacts } from "./background-facts.ts";
import { listOf } from "./entry-rows.ts";
import type { Fact, FactFinder, FactInput } from "./fact.ts";
import { legalFacts } from "./legal-facts.ts";
import { personFacts } from "./person-facts.ts";
import { findSavedAnswer } from "./find-saved-answer.ts";

const finders: Partial<Record<FormField["meaning"], FactFinder>> = {
  ...personFacts,
  ...backgroundFacts,
  ...legalFacts,
};

/**
 * What answers a field: the person's own answer to the same question; what the rules for sentences
 * find or forbid; the fact of its meaning. An attestation has none of the last two.
 */
export function findFact(input: FactInput): Finding | undefined {
  const { field } = input;
  const saved = savedAnswer(input);
  if (saved !== undefined) return saved;
  const policy = policyClasses[field.meaning];
  if (policy === "attestation" || /\b(signature|sign here|initials)\b/iu.test(field.label))
    return { personOnly: "an attestation is always the person's" };
  if (aboutOthers.test(field.label)) return { personOnly: "it asks about another person" };
  if (isPersonal(policy) && !isPlainRequest(field))
    return { personOnly: "it asks for more than the one thing that is stored" };
  // The rules for sentences know of one entry, the first: a later row is answered from its own.
  const isLaterRow = input.occurrence > 0 && listOf(field.meaning) !== undefined;
  if (isSentence(field) && !isLaterRow) {
    const found = findAnswer(questionOf(input));
    if (found !== undefined) return found;
  }
  const fact = finders[field.meaning]?.(input);
  const isHalf = fact?.isTrue === true && asksTwo(plainWords(field.label));
  return isHalf && policy !== "consent" ? twoQuestions : fact;
}

/** Nothing is stored of anybody but the applicant. */
const aboutOthers =
  /\b(spouse|husband|wife|partner['’]s|children|mother|father|parents|siblings?|friends|referees?|next of kin|(candidate|person|someone) you (refer|recommend|know)|your (line )?(manager|supervisor|boss|colleague|recruiter)s?)\b/iu;

function isPersonal(policy: PolicyClass): boolean {
  return policy === "identity" || policy === "contact";
}

/** Who somebody is and how to reach them goes into fields that ask for just that, never into prose. */
function isPlainRequest({ label, kind, meaning }: FormField): boolean {
  if (kind === "textarea" && label.split(/\s+/u).length > 6) return false;
  const wantsProse =
    /^(comments?|remarks?|notes?|message)\b|\b(everything|repeat|ignore|disregard|json|describe|explain|all (that )?(you|is) (know|known))\b/iu;
  const isOfAnotherPlace =
    /^(address\.|location$)/u.test(meaning) &&
    /\b(office|branch|store|employer|company|school|university|birth)\b/iu.test(label);
  return !wantsProse.test(label) && !isOfAnotherPlace;
}

/** Names, addresses, documents and boxes to tick say all in their meaning. */
function isSentence({ meaning, kind }: FormField): boolean {
  const policy = policyClasses[meaning];
  if (kind === "file" || kind === "checkbox" || kind === "password") return false;
  return !["identity", "consent", "demographic", "never", "salary"].includes(policy);
}

function questionOf({
  field,
  job,
  help,
  section,
  parent,
  profile,
  fromResume,
  countriesOfForm,
  today,
}: FactInput): AskedQuestion {
  const { label, kind, options, meaning } = field;
  return askedQuestion({
    label,
    kind,
    options,
    meaning,
    job,
    help,
    section,
    parent,
    profile,
    fromResume,
    today,
    formCountries: countriesOfForm,
  });
}

function savedAnswer({ field, profile, job }: FactInput): Fact | undefined {
  const found =
    field.kind === "file" ? undefined : findSavedAnswer(profile, { ...job, question: field.label });
  if (found === undefined) return undefined;
  const ref = `/application/savedAnswers/${found.index}`;
  return answerFact(found.answer, { source: "savedAnswer", ref, confidence: 0.95 });
}
