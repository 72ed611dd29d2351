import type { Fact } from "../plan/fact.ts";
import type { AnswerRule, AskedQuestion, Finding } from "./asked-question.ts";
import { optionsThatSay, senseOf } from "./option-sense.ts";
import { isSameCompany, namesCompany } from "./same-company.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { chooseOption } from "../plan/choose-option.ts";

/** What the person has had to do with the company applied to, and with others. */
export const companyAnswers: readonly AnswerRule[] = [previously, relatives, offers, referral];

const appliedWords =
  /\bapplied (to|for|with|at|here|in the (past|last)|within|previously|before)\b|\b(previously|already|ever) (applied|interviewed)\b(?! (a|an|any|your|my|machine|research|math|statist))|\binterviewed\b|\bsubmitted an application\b|\bbeen (through|in) (our|the) (interview|recruit|hiring)/u;
const employedWords =
  /\bworked (for|at|here|within)\b|\bemployed\b|\binterned\b|\b(been|are you|were you) an? ([\w-]+ ){0,3}(employee|intern|contractor|consultant)\b|\bcompleted an? internship\b|\b(current|former|past|previous)( or former)? (employee|contractor)\b/u;
const beforeWords =
  /\b(ever|previously|before|already|in the (past|last)|past|prior|current(ly)? or former|former)\b/u;

/** "Have you previously worked for us?" A stored no speaks of the company applied to, a list names companies. */
function previously(question: AskedQuestion): Finding | undefined {
  const { closed, text, job, profile } = question;
  if (closed === undefined || !beforeWords.test(closed) || isTurned(closed)) return undefined;
  const isApplied = appliedWords.test(closed);
  if (!isApplied && !employedWords.test(closed)) return undefined;
  if (
    /\b(family|relatives?|friends?|know anyone|anyone|visa|citizenship|government|agency|competitors?|audit\w*|industry|sector|field|market|clients?|customers?|suppliers?|partners|vendors?|portfolio|similar|police|role like)\b/u.test(
      text,
    )
  )
    return undefined;
  if (!namesCompany(job.company, question.label)) return undefined;
  const key = isApplied ? "previouslyApplied" : "previouslyEmployed";
  const isBoth = isApplied && employedWords.test(closed);
  const known = profile.application?.[key];
  const other = profile.application?.previouslyEmployed;
  if (isBoth && (known !== false || other !== false))
    return { personOnly: "it asks two things at once" };
  return aboutCompany(question, { key, known });
}

interface Known {
  readonly key: "previouslyApplied" | "previouslyEmployed";
  readonly known: boolean | readonly string[] | undefined;
}

function aboutCompany({ job, profile }: AskedQuestion, { key, known }: Known): Finding | undefined {
  const ref = `/application/${key}`;
  const { company } = job;
  const entry = (profile.work ?? []).findIndex(
    ({ name }) => name !== undefined && company !== undefined && isSameCompany(name, company),
  );
  if (key === "previouslyEmployed" && entry !== -1) {
    return known === false
      ? { personOnly: "the stored no and the list of employers contradict each other" }
      : yesNo(true, `/work/${entry}`, 0.9);
  }
  if (known === undefined || known === true) return undefined;
  if (known === false) return yesNo(false, ref, 0.92);
  if (company === undefined) return undefined;
  return yesNo(
    known.some((name) => isSameCompany(name, company)),
    ref,
    0.9,
  );
}

/** "Does anyone in your family work for us?" */
function relatives(question: AskedQuestion): Fact | undefined {
  const { closed, profile, job, label } = question;
  const known = profile.application?.relativesEmployed;
  if (closed === undefined || known === undefined || isTurned(closed)) return undefined;
  const asks =
    /\b(relatives?|family( members?)?|anyone in your family|related to)\b.*\b(work(s|ing)?|employed|employees?|anyone)\b/u;
  if (
    !asks.test(closed) ||
    /\b(friends?|ever|previously|clients?|competitors?|suppliers?|vendors?)\b/u.test(closed)
  )
    return undefined;
  return namesCompany(job.company, label)
    ? yesNo(known, "/application/relativesEmployed", 0.9)
    : undefined;
}

/** "Are you holding any outstanding offers?" */
function offers(question: AskedQuestion): Fact | undefined {
  const { closed, profile, text } = question;
  const known = profile.application?.otherOffers;
  if (known === undefined || closed === undefined || isTurned(closed)) return undefined;
  const asks =
    /\b(have|hold|holding|received|are there|expecting|currently)\b.*\b(outstanding|competing|pending|other|current|existing|exploding|any|job|employment)\b.*\boffers?\b/u;
  if (
    !asks.test(closed) ||
    /\b(open to|consider|interested|accept|willing|would you|with us|this offer)\b/u.test(text)
  )
    return undefined;
  return yesNo(known, "/application/otherOffers", known ? 0.85 : 0.9);
}

/** "How did you hear about us?": the stored source, else "Other" where it is none of the choices. */
function referral({ text, options, profile }: AskedQuestion): Fact | undefined {
  const wanted = profile.application?.referralSource;
  if (wanted === undefined || options.length === 0 || /^if\b/u.test(text)) return undefined;
  if (
    !/\b(how|where) (did|have|do) you (first )?(hear|heard|find|found|learn|learned|discover|come across|see)\b|\bhow you (heard|found|learned)\b|\b(referral|application) source\b/u.test(
      text,
    )
  )
    return undefined;
  const ref = "/application/referralSource";
  const same = chooseOption({ options, wanted, meaning: "referralSource" });
  if (same !== undefined) return { texts: [same], source: "profile", ref, confidence: 0.95 };
  const others = options.filter(
    (option) => senseOf(option) === "other" || /\bother\b.{0,20}$/u.test(plainWords(option)),
  );
  const [only] =
    optionsThatSay(options, "other").length === 1 ? optionsThatSay(options, "other") : others;
  return only === undefined || (others.length > 1 && optionsThatSay(options, "other").length !== 1)
    ? undefined
    : { texts: [only], source: "profile", ref, confidence: 0.72 };
}
