import type { AskedQuestion, PersonOnly } from "./asked-question.ts";

interface Guard {
  readonly words: RegExp;
  readonly why: string;
}

/**
 * What only the person may answer, whatever the profile seems to say: statements under law or oath,
 * vetting, identity numbers. A saved answer to the very same question is the person's own and still counts.
 */
const guards: readonly Guard[] = [
  {
    words:
      /\b(finra|fca|sec|nfa|cftc)\b.*\b(regist|licen[cs]|approved|member)|\b(regist\w+|licen[cs]\w+)\b.*\b(finra|fca|sec|nfa|cftc)\b|\b(securities?|series \d+|professional|driv(ing|er'?s?)|medical|nursing|law|bar|teaching|pilot|cpa|cfa) (licen[cs]es?|registrations?)\b|\bregulatory (action|inquir|investigation|body|reference|history)/u,
    why: "licences and registrations are stated by the person",
  },
  {
    words:
      /\b(criminal|convict\w*|felon\w*|misdemeano\w*|arrest\w*|offen[cs]es?|probation|bankrupt\w*|insolven\w*|county court|lawsuits?|litigation|disciplin\w+ (action|proceeding|hearing)|misconduct|dismissed|terminated|fired|asked to (leave|resign)|resign(ed)? (to avoid|in lieu)|debarred|sanction(s|ed)|investigat(ed|ion)|fraud|money laundering)\b/u,
    why: "records of law and conduct are stated by the person",
  },
  {
    words:
      /\b(background (check|screening|investigation)|drug (test|screen)\w*|security vetting|vetting|polygraph|credit (check|history|score)|fingerprint\w*|dbs check)\b/u,
    why: "checks of the person are agreed to by the person",
  },
  {
    words:
      /\b(export (control|administration|compliance|licen[cs]e)|itar|ear99|u\.?s\.? person|protected individual|foreign (person|national)|embargo\w*|dual (use|citizen\w*|national\w*))\b|\b(other|another|additional|any other|second|previous\w*|former\w*|ever held|renounced) (citizenships?|nationalit\w+|passports?)\b|\b(citizenships?|nationalit\w+|citizen|national|passport)\b.*\b(other|another|additional|second|previous\w*|former\w*|previously|cuba|iran|north korea|syria)\b/u,
    why: "export rules and other citizenships are stated by the person",
  },
  {
    words:
      /\b(resident|resided|residen(ce|cy)|lived|living|been)\b.{0,60}\b((last|past|previous) (\w+ )?(\(?\d+\)? |two |three |five |ten )?years|continuous\w*|continually|outside (of )?(the )?[a-z]+)\b|\b(outside|out) (of )?(the )?(uk|us|u\.s\.|country|eu)\b.{0,60}\b(days|months|years)\b|\b(days|months|years)\b.{0,40}\boutside (of )?(the )?[a-z]+\b/u,
    why: "where somebody lived over years is stated by the person",
  },
  {
    words:
      /\b(conflicts? of interest|outside (business|activit\w+|employment)|directorships?|shareholdings?|ownership interest|financial interest|personal (trading|account)|brokerage|board (member|seat)|invest(ment)?s? in)\b/u,
    why: "interests in companies are declared by the person",
  },
  {
    words:
      /\b(social security|ssn|national insurance|passport (number|no)|tax (id|file|number)|national id|id number|driver'?s? licen[cs]e number|bank (account|details)|sort code|iban)\b/u,
    why: "identity and account numbers are given by the person",
  },
  {
    words:
      /\b(accommodations?|adjustments?|health|medical|illness|allerg\w*|vaccin\w*|pregnan\w*|lift(ing)? \d+|physical(ly)?( (able|demands|requirements?))?)\b/u,
    why: "health and adjustments are stated by the person",
  },
  {
    words:
      /\b(current|previous|last|present|past|prior) (base |annual |total )?(salary|compensation|pay|ctc|remuneration|bonus)\b|\bsalary history\b/u,
    why: "what somebody earned is stated by the person",
  },
  {
    words:
      /\b(certify|attest|affirm|declare|swear|warrant|acknowledge|sign(ed|ature|ing)?|initials?)\b.*\b(true|accurate|correct|complete|below|above|that|read|understand|name|date|here)\b|\bunder penalty\b|\b(did|have) you (use|used|using) (any )?(ai|chatgpt|generative)|\b(without|use of|used|using) (the use of )?(ai|chatgpt|generative ai|llms?) (tools?|assist\w*|to (complete|write|answer|help))/u,
    why: "an attestation is always the person's",
  },
  {
    words:
      /\b(family|relatives?|spouse|partner|household|parents?|siblings?|friends?)\b.*\b(government|official|political\w*|pep|regulator)\b/u,
    why: "nothing is stored about the family",
  },
  {
    words:
      /\b(referred|referrer|referral)\b.*\b(name|who|whom|by|email)\b|\bname of\b.*\b(referr\w+|employee|contact|recruiter)\b|\bwho (referred|recommended)\b/u,
    why: "who recommended the person is not stored",
  },
  {
    words:
      /\b(references?|referees?)\b.*\b(name|contact|provide|list|details|phone|email)\b|\bemergency contact\b/u,
    why: "other people are named by the person",
  },
];

/** Why a question is the person's alone, if it is. */
export function personOnly({ text }: AskedQuestion): PersonOnly | undefined {
  const guard = guards.find(({ words }) => words.test(text));
  return guard === undefined ? undefined : { personOnly: guard.why };
}
