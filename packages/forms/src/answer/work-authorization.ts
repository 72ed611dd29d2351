import { countriesIn } from "../plan/countries.ts";
import type { Fact } from "../plan/fact.ts";
import type { AskedQuestion, Finding } from "./asked-question.ts";
import { chooseClaim } from "./choose-work-claim.ts";
import { type Entry, type WorkEntry, findEntry } from "./find-work-entry.ts";
import { asksTwo } from "./two-questions.ts";
import { isTurned } from "./negation.ts";

type Asked = "authorized" | "sponsorship" | "without";

/**
 * May the person work where the job is, and with whose help? Answered for the one country that the
 * question names, that the form is about, or that the posting is in; where facts are missing, asked.
 */
export function workAuthorization(question: AskedQuestion): Finding | undefined {
  const asked = askedAbout(question);
  if (asked === undefined) return undefined;
  const found = findEntry(question);
  if (found === undefined)
    return { personOnly: "the right to work is not stored for that country" };
  // Who needs no sponsor may still need a permit, unless it is their own country.
  const isPermit =
    asked === "sponsorship" && !/sponsor|patroc|parrain|sponsoring/u.test(question.text);
  if (isPermit && found.entry.sponsorshipRequired === false && found.isCitizen !== true)
    return { personOnly: "whether a permit is needed is not stored" };
  const truth = truthOf(asked, found);
  const ref = `${found.ref}${refOf(asked, found.entry)}`;
  const turned = turnOf(question);
  const isMore = placeWords.test(question.closed ?? "") || asksTwo(question.text, rightWords);
  if (truth === true && isMore) {
    return { personOnly: "it asks for the right to work and for something else at once" };
  }
  if (question.options.length > 0) {
    const option = chooseClaim(question, {
      found: { ...found, ref },
      truth: turned === "unclear" ? undefined : flip(truth, turned),
    });
    return option ?? { personOnly: "the stored right to work fits none of the choices for sure" };
  }
  if (turned === "unclear" || truth === undefined)
    return { personOnly: "the right to work has to be said in words" };
  return fact({ ...found, ref }, flip(truth, turned));
}

const sponsorWords =
  /\bsponsor(ship|ed|ing|s)?\b|\b(visa|work permit|immigration)\b.{0,30}\b(support|assistance|transfer)\b|\b(need|require)\w*\b.{0,40}\b(visa|work permit|work authori[sz]ation)\b/u;

/** What a part of such a question speaks of. */
const rightWords =
  /\b(work\w*|sponsor\w*|visas?|permits?|authori[sz]\w+|employ\w*|eligib\w+|citizens?|restrictions?)\b/u;

const permitWords =
  /\b(authori[sz]ed|eligible|entitled|permitted|allowed|legally able|right|permission|permit|authori[sz]ation|eligibility) (to|for) (legally )?(take up )?(work|be employed|employment)\b|\bwork authori[sz]ation\b|\bright[- ]to[- ]work\b|\blegally (work|authori[sz]ed|eligible|entitled)\b|\b(authori[sz]ed|eligible) to (live and )?work\b/u;

/** "Able to work in the UK" is about the law, "able to work from our office" is not. */
function isAbleInCountry(label: string, text: string): boolean {
  const asks = /\bable to (live and )?work in\b/u.test(text) && countriesIn(label).length > 0;
  return (
    asks && !placeWords.test(text) && !/\b(full[- ]time|weeks?|months|hours|from)\b/u.test(text)
  );
}

const placeWords =
  /\b(on-?\s?site|in[- ](the )?(office|person)|offices?|relocat\w+|commut\w+|hybrid)\b/u;

function askedAbout({ label, text, meaning, closed, options }: AskedQuestion): Asked | undefined {
  const isOtherSponsor =
    /\b(sponsored (by|student|degree|event)|(studies|tuition|degree|scholarship|event|bill|project)\b.{0,40}\bsponsor)/u;
  const isDetail = /\b(time[- ]limited|temporary|expir\w*|proof|evidence|documents?)\b/u;
  // What once was says nothing of now.
  const isPast =
    /^when\b|\b(have you|has your \w+) (ever |previously |already )?(need|requir|been|had|held|appl|sponsor)\w*|\b(did|were) you\b|\bin the past\b|\bprevious (role|job|employer)/u;
  if (isPast.test(text)) return undefined;
  if (isOtherSponsor.test(text) || (isDetail.test(text) && options.length < 3)) return undefined;
  if (
    /\b(type|kind|expir\w*|date|status|category)\b/u.test(text) &&
    closed === undefined &&
    options.length === 0
  )
    return undefined;
  if (
    /\b(describe|explain|provide|details|which visa|what visa)\b/u.test(text) &&
    options.length === 0
  )
    return undefined;
  const hasSponsor = sponsorWords.test(text);
  const hasPermit = permitWords.test(text) || isAbleInCountry(label, text);
  if (hasSponsor && hasPermit && /\bwithout\b[^.?]{0,60}\b(sponsor|visa|permit)/u.test(text))
    return "without";
  if (/\bwithout\b[^.?]{0,60}\bsponsor/u.test(text)) return "without";
  if (
    hasSponsor &&
    hasPermit &&
    closed !== undefined &&
    /\b(authori[sz]\w+|eligible|right)\b.*\band\b.*\bsponsor/u.test(closed)
  ) {
    return /\bnot (require|need)|n't (require|need)/u.test(closed)
      ? "without"
      : options.length > 2
        ? "authorized"
        : undefined;
  }
  if (hasSponsor) return "sponsorship";
  if (hasPermit) return "authorized";
  if (meaning === "workAuth.sponsorship") return "sponsorship";
  return meaning === "workAuth.authorized" ? "authorized" : undefined;
}

/** "I do not require sponsorship" as a statement is turned; "Are you not authorized?" is said both ways. */
function turnOf({ text, closed }: AskedQuestion): boolean | "unclear" {
  const sentence = closed ?? text;
  if (/\b(restrict\w*|limit\w*|conditions?|prevent\w*|barriers?|obstacles?)\b/u.test(sentence))
    return /\bwithout (any )?(restrict|limit|condition)|\bunrestricted\b/u.test(sentence)
      ? false
      : "unclear";
  const bare = sentence.replace(/\bwithout\b[^.?]*/u, " ").replace(/\bif not\b.*$/u, " ");
  if (!isTurned(bare)) return /\b(unable|ineligible)\b/u.test(bare);
  if (/\band (will |do |would )?(you )?(not|n't) (require|need)/u.test(bare)) return false;
  return closed === undefined && !text.includes("?") ? true : "unclear";
}

function flip(truth: boolean | undefined, isTurnedRound: boolean): boolean | undefined {
  return truth === undefined ? undefined : truth !== isTurnedRound;
}

function truthOf(asked: Asked, { entry }: WorkEntry): boolean | undefined {
  const { authorized, sponsorshipRequired } = entry;
  if (asked === "authorized") return authorized;
  if (asked === "sponsorship") return sponsorshipRequired;
  if (authorized === false || sponsorshipRequired === true) return false;
  return authorized === true && sponsorshipRequired === false ? true : undefined;
}

/** The part of the entry that decides. */
function refOf(asked: Asked, { authorized, sponsorshipRequired }: Entry): string {
  if (asked === "authorized" || authorized === false)
    return asked === "sponsorship" ? "/sponsorshipRequired" : "/authorized";
  return asked === "sponsorship" || sponsorshipRequired === true ? "/sponsorshipRequired" : "";
}

function fact({ ref, isNamed }: WorkEntry, isTrue: boolean | undefined): Fact | undefined {
  if (isTrue === undefined) return undefined;
  return {
    texts: [isTrue ? "Yes" : "No"],
    isTrue,
    source: "profile",
    ref,
    confidence: isNamed ? 0.95 : 0.88,
  };
}
