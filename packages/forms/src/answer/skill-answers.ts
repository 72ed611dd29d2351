import type { Fact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, isWritten } from "./asked-question.ts";
import { languagesIn, technologiesIn } from "./known-technologies.ts";
import { nothingOption, optionsThatSay, senseOf } from "./option-sense.ts";
import { isTurned } from "./negation.ts";
import { plainWords, stem, wantsWords } from "./question-words.ts";
import { hasSkillList, namesForSure, namesNone, unlisted } from "./skill-evidence.ts";
import { knownOnes, preferredLanguage, settingsOfUse } from "./technology-choices.ts";
import { yesNo } from "./worded-facts.ts";

/**
 * What the person can do. Where there is a list of skills and no word of what is asked occurs anywhere in
 * the profile, the answer that claims nothing follows, as far as the list may be silent: `silenceOf`.
 */
export const skillAnswers: readonly AnswerRule[] = [
  preferredLanguage,
  knownOnes,
  settingsOfUse,
  storedLevel,
  agreement,
  competitions,
  hasUsed,
];

const ratingTopic =
  /\b(rate|rating|level of|how (proficient|experienced|familiar|comfortable|skilled)|proficiency|skill level|experience level|level|years of experience|how many years|how much experience)\b/u;

/** "Rate your skill level in X": the stored level, or nothing where the skills do not name X. */
function storedLevel(question: AskedQuestion): Fact | undefined {
  const { text, options, kind, profile } = question;
  if (!ratingTopic.test(text) || /\b(interest|enjoy|total|overall)\b/u.test(text)) return undefined;
  const terms = technologiesIn(text);
  if (terms.length === 0) return undefined;
  if (namesNone(question, terms)) {
    const isNumber = kind === "number" || (isWritten(question) && /\b(years|number)\b/u.test(text));
    if (isNumber && /\byears\b/u.test(text)) return unlisted(question, "0");
    const nothing = nothingOption(options) ?? lowest(options);
    return nothing === undefined ? undefined : unlisted(question, nothing);
  }
  const [id, ...others] = languagesIn(text);
  const index = (profile.skills ?? []).findIndex(
    ({ name }) => id !== undefined && languagesIn(plainWords(name), true).includes(id),
  );
  const level = profile.skills?.[index]?.level;
  if (others.length > 0 || level === undefined || options.length === 0) return undefined;
  const wanted = stem(plainWords(level));
  const fitting = options.filter((option) =>
    plainWords(option)
      .split(/[^a-z]+/u)
      .some((word) => stem(word) === wanted),
  );
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? { texts: [only], source: "profile", ref: `/skills/${index}/level`, confidence: 0.85 }
    : undefined;
}

/** The bottom of a scale that says what its bottom means. */
function lowest(options: readonly string[]): string | undefined {
  return options.find((option) =>
    /^(\d+\s*[-.:)]\s*)?(no (experience|knowledge|proficiency)|none|not (familiar|proficient|at all))\b/u.test(
      plainWords(option),
    ),
  );
}

/** "You are comfortable using debuggers": strongly disagree where no skill comes near; likings are the person's. */
function agreement(question: AskedQuestion): Fact | undefined {
  const { text, options } = question;
  const disagree = options.filter((option) => /\bstrongly disagree\b/u.test(plainWords(option)));
  const [only] = disagree;
  if (disagree.length !== 1 || only === undefined) return undefined;
  const isSkill =
    /\b(comfortable|familiar|experienced|proficient|skilled|confident) (in |at )?(using|with|in|working with|writing)\b|\b(know|keep up with|use|used|have (used|written|built|experience))\b/u;
  if (!isSkill.test(text) || /\b(enjoy|like|prefer|love|want|interested|excited)\b/u.test(text))
    return undefined;
  return namesNone(question, technologiesIn(text)) ? unlisted(question, only) : undefined;
}

/** "Have you taken part in any of these competitions?" */
function competitions(question: AskedQuestion): Fact | undefined {
  const { text, options } = question;
  if (
    !/\b(competitions?|olympiads?|contests?|hackathons?|ctfs?)\b/u.test(text) ||
    options.length < 2
  )
    return undefined;
  if (!/\b(participat|compet|taken part|attended|qualified|placed|won)\w*/u.test(text))
    return undefined;
  const nothing = nothingOption(options);
  const named = options.flatMap((option) => technologiesIn(plainWords(option)));
  const asked = ["olympiad", "competition", "contest", "hackathon", "putnam", ...named];
  return nothing !== undefined && namesNone(question, asked)
    ? unlisted(question, nothing)
    : undefined;
}

/** "Do you have experience with X?": yes when every technology named is in the profile, no when none is. */
function hasUsed(question: AskedQuestion): Fact | undefined {
  const { closed, text, options } = question;
  if (closed === undefined || isTurned(closed)) return undefined;
  const asks =
    /\b(experience|experienced|competed|taken part|programmed|coded|developed (in|with)|used|use|worked with|familiar|proficient|knowledge|comfortable (using|with|coding|programming|developing)|know|program in|code in|participat\w+|built|written|skilled)\b/u;
  if (
    !asks.test(closed) ||
    !/\b(do|did|have|are|can|could|would|if|whether|that) you\b|\byour\b/u.test(closed) ||
    /\b(anyone|anybody|someone|friends?|colleagues?|taught|teach|prefer|interested|willing|learn|enjoy|want|years|certif|licen[sc]e)\b/u.test(
      closed,
    )
  )
    return undefined;
  const terms = technologiesIn(closed);
  if (terms.length === 0) return undefined;
  const isChoice = options.length > 0;
  if (isChoice && options.some((option) => !["yes", "no"].includes(senseOf(option))))
    return undefined;
  if (namesNone(question, technologiesIn(text))) {
    const isSaidSo = isChoice ? optionsThatSay(options, "no").length === 1 : true;
    const said = isSaidSo ? unlisted(question, "No") : undefined;
    return said && { ...said, isTrue: false };
  }
  const has = hasSkillList(question) && terms.every((term) => namesForSure(question, term));
  if (!has || (!isChoice && wantsWords(text))) return undefined;
  if (
    /\b(professional|production|commercial|advanced|expert|extensive|strong|deep|significant)\b/u.test(
      text,
    )
  )
    return undefined;
  return yesNo(true, "/skills", 0.82);
}
