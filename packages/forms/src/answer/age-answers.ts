import type { Fact } from "../plan/fact.ts";
import type { AskedQuestion } from "./asked-question.ts";
import { isTurned } from "./negation.ts";
import { yesNo } from "./worded-facts.ts";

/** Ages that the law asks about; older ones are nobody's business without the person. */
const oldestAsked = 25;

/** "Are you at least 21?", "Are you under 18?": from the date of birth, else from what is stored of 18. */
export function ageAnswers({ closed, profile, today }: AskedQuestion): Fact | undefined {
  if (closed === undefined || isTurned(closed)) return undefined;
  if (!/\b(age|years? old|old|older|over|under|aged|younger)\b/u.test(closed)) return undefined;
  const [, digits] =
    /^(?:please confirm (?:that|if|whether) |can you confirm (?:that )?)?(?:are )?you (?:are )?(?:currently |at present )?(?:at least |over (?:the age of )?|under (?:the age of )?|below (?:the age of )?|aged |above |younger than |older than )?(1\d|2\d)\b/u.exec(
      closed,
    ) ?? [];
  const age = Number(digits);
  if (digits === undefined || age > oldestAsked || /\b(experience|between|months)\b/u.test(closed))
    return undefined;
  const isUnder = /\b(under|below|younger)\b/u.test(closed);
  const isPast =
    /\b(over|above|older than)\b/u.test(closed) && !/\bor (over|above|older)\b/u.test(closed);
  const { birthdate, over18 } = profile.application ?? {};
  if (birthdate !== undefined) {
    const [year = 0, month = 1, day = 1] = birthdate.split("-").map(Number);
    const birthday = new Date(Date.UTC(year + age, month - 1, day)).toISOString().slice(0, 10);
    // In common use "over 18" includes those who are 18.
    const isReached = birthday <= today;
    return yesNo(isUnder ? !isReached : isReached, "/application/birthdate", isPast ? 0.85 : 0.92);
  }
  if (over18 === undefined || (over18 ? age > 18 : age < 18)) return undefined;
  return yesNo(over18 !== isUnder, "/application/over18", 0.92);
}
