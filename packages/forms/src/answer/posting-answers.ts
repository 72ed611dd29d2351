import type { Fact } from "../plan/fact.ts";
import type { AnswerRule, AskedQuestion } from "./asked-question.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { contentWords, plainWords, stem } from "./question-words.ts";
import { mainStudy } from "./study-record.ts";

/** What follows from the posting the person applies to. */
export const postingAnswers: readonly AnswerRule[] = [department, wantsTheJob];

const departmentWords =
  /\b(departments?|teams?|roles?|positions?|areas?|business (unit|line)|divisions?|desks?|tracks?|streams?|functions?|disciplines?|program(me)?s?)\b/u;

/** The one option that the title of the posting names. */
function department({ text, options, job, closed }: AskedQuestion): Fact | undefined {
  if (options.length < 2 || closed !== undefined || !departmentWords.test(text)) return undefined;
  if (
    !/\b(interested in|applying (for|to)|apply(ing)? for|first choice|top choice|prefer|preference|which (role|position|team|department|track|stream))\b/u.test(
      text,
    )
  )
    return undefined;
  if (
    /\b(second|third|other|also|additional|study|degree|current|previous|past|worked|work type|hear|program dates?|excited)\b/u.test(
      text,
    )
  )
    return undefined;
  const title = words(job.title ?? "");
  const scored = options
    .map((option) => ({ option, own: words(option) }))
    .map(({ option, own }) => ({
      option,
      share: own.length === 0 ? 0 : own.filter((word) => title.includes(word)).length / own.length,
    }))
    .sort((a, b) => b.share - a.share);
  const [best, next] = scored;
  if (
    best === undefined ||
    best.share < 0.99 ||
    (next !== undefined && next.share > best.share - 0.4)
  )
    return undefined;
  return {
    texts: [best.option],
    source: "site",
    ref: "/job/title",
    confidence: 0.78,
    isConclusion: true,
  };
}

function words(text: string): string[] {
  return contentWords(plainWords(text))
    .map((word) => stem(word))
    .filter((word) => word.length > 1 && !/^\d+$/u.test(word));
}

/** "Are you interested in full-time employment with us upon graduation?": free for work from then on. */
function wantsTheJob({ closed, profile, today }: AskedQuestion): Fact | undefined {
  if (closed === undefined || isTurned(closed)) return undefined;
  if (
    !/\b(interested in|looking for|seeking)\b.*\b(full[- ]time|permanent|graduate|employment|opportunit)/u.test(
      closed,
    )
  )
    return undefined;
  if (!/\b(upon|after|following|post|on|once you) ?-?graduat/u.test(closed)) return undefined;
  const study = mainStudy(profile, today);
  const free = profile.application?.startDate ?? "";
  const follows = study?.end !== undefined && free.slice(0, 7) >= study.end;
  return follows
    ? { ...yesNo(true, "/application/startDate", 0.7), isConclusion: true }
    : undefined;
}
