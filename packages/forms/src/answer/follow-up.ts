import { type Fact, profileFact } from "../plan/fact.ts";
import type { AskedQuestion, Finding } from "./asked-question.ts";
import { homeInWords } from "./home-place.ts";
import { plainWords } from "./question-words.ts";
import { senseOf } from "./option-sense.ts";
import { mainStudy } from "./study-record.ts";

type Condition = "yes" | "no" | "other" | "detail";

/** What a follow-up waits for; undefined for a question that stands on its own. */
export function conditionOf(text: string): Condition | undefined {
  const bare = text.replace(/['"“”]/gu, "");
  if (
    /^(\(|if so|if yes|if you (answered|selected|said|chose|responded|replied|indicated) (yes|y\b)|if (applicable|appropriate|relevant)|if (the|your) (answer|response) (above |to the above )?(is|was) yes|if (you|youve) (answered|said) (the )?(above|previous)|(please )?(explain|specify|describe|provide details|elaborate),? if (yes|so|applicable|appropriate))/u.test(
      bare,
    )
  ) {
    return bare.startsWith("(") && !/^\(if\b/u.test(bare) ? undefined : "yes";
  }
  if (/^if (no|not|n)\b|^if you (answered|selected|said|chose|responded) no\b/u.test(bare))
    return "no";
  if (
    /^(if|for) (other|others|none of the above)\b|^if you (answered|selected|said|chose|picked) (other|others)\b|^(please )?(specify|describe|explain|state|elaborate)( here)?,? if (you (selected|chose) )?other\b|^other,? (please )?(specify|explain|describe)|^(please )?specify( other)?[.:]?$/u.test(
      bare,
    )
  ) {
    return "other";
  }
  const isDetail =
    /^(please )?(provide|give|add|share|enter|specify) (any )?(additional |more |further |other )?(details?|information|context)\b/u;
  return isDetail.test(bare) && bare.length < 80 ? "detail" : undefined;
}

/** The answer to a follow-up from the answer before it, or why it has none. */
export function followUp(question: AskedQuestion): Finding | undefined {
  const condition = conditionOf(question.text);
  if (condition === undefined) return undefined;
  const notUs = otherCountry(question);
  if (notUs !== undefined) return notUs;
  const { parent } = question;
  if (parent?.answers === undefined)
    return { personOnly: "it depends on an answer that is not known" };
  const said = parent.answers.map((answer) => plainWords(answer));
  const isOther = said.some((answer) => /\bothers?\b/u.test(answer));
  if (condition === "other" || condition === "detail") {
    if (isOther) return otherInWords(question, plainWords(parent.text));
    return condition === "other"
      ? { notApplicable: 'the answer before it is not "other"' }
      : { personOnly: "it asks for the person's own words" };
  }
  const senses = parent.answers.map((answer) => senseOf(answer));
  const isDenied =
    parent.answers.length === 0 ||
    senses.every((sense) => sense === "no" || sense === "none" || sense === "notApplicable");
  const isAffirmed = senses.includes("yes");
  if (condition === "yes" && isDenied) return { notApplicable: "the answer before it is no" };
  if (condition === "no" && isAffirmed) return { notApplicable: "the answer before it is yes" };
  return { personOnly: "it asks for details that are not stored" };
}

/** "If applicable, which US state …" for somebody who lives elsewhere. */
function otherCountry({ text, profile }: AskedQuestion): Finding | undefined {
  const home = profile.basics?.location?.countryCode;
  const asksState = /\b(u\.?s\.?|united states|american)\b.{0,10}\bstate\b/u.test(text);
  return asksState && home !== undefined && home !== "US"
    ? { notApplicable: "the person lives in another country" }
    : undefined;
}

function otherInWords(question: AskedQuestion, asked: string): Finding {
  return otherFact(question, asked) ?? { personOnly: "it asks for details that are not stored" };
}

/** What "other" stands for in the question before. */
function otherFact(question: AskedQuestion, asked: string): Fact | undefined {
  const { profile, today } = question;
  if (/\b(hear|heard|find|found|learn|discover|source|come across)\b/u.test(asked)) {
    return profileFact("/application/referralSource", profile.application?.referralSource);
  }
  if (/\b(state|country|location|city|region|province|reside|live|based)\b/u.test(asked))
    return homeInWords(question);
  const study = mainStudy(profile, today);
  if (study === undefined) return undefined;
  if (/\b(university|college|school|institution)\b/u.test(asked))
    return profileFact(`${study.ref}/institution`, study.entry.institution);
  if (/\b(major|discipline|field of study|subject|course)\b/u.test(asked))
    return profileFact(`${study.ref}/area`, study.entry.area);
  return /\b(degree|qualification)\b/u.test(asked)
    ? profileFact(`${study.ref}/studyType`, study.entry.studyType)
    : undefined;
}
