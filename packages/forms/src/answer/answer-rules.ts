import { ageAnswers } from "./age-answers.ts";
import type { AnswerRule, AskedQuestion, Finding } from "./asked-question.ts";
import { availabilityAnswers } from "./availability-answers.ts";
import { companyAnswers } from "./company-answers.ts";
import { educationAnswers } from "./education-answers.ts";
import { experienceAnswers } from "./experience-answers.ts";
import { followUp } from "./follow-up.ts";
import { personOnly } from "./person-only.ts";
import { placeAnswers, relocateOrCommute } from "./place-answers.ts";
import { postingAnswers } from "./posting-answers.ts";
import { wantsWords } from "./question-words.ts";
import { skillAnswers } from "./skill-answers.ts";
import { asksTwo, twoQuestions } from "./two-questions.ts";
import { workAuthorization } from "./work-authorization.ts";

/** In order; the first that finds something decides. What guards the person comes first. */
const rules: readonly AnswerRule[] = [
  followUp,
  personOnly,
  workAuthorization,
  ageAnswers,
  ...companyAnswers,
  ...placeAnswers,
  ...availabilityAnswers,
  ...educationAnswers,
  ...skillAnswers,
  ...experienceAnswers,
  ...postingAnswers,
];

/** They look at the parts of a question themselves. */
const knowsParts: ReadonlySet<AnswerRule> = new Set([workAuthorization, relocateOrCommute]);

/** What the rules for questions in sentences find; undefined leaves the field to its meaning. */
export function findAnswer(question: AskedQuestion): Finding | undefined {
  for (const rule of rules) {
    const found = rule(question);
    if (found === undefined) continue;
    if (!("texts" in found)) return found;
    if (found.isTrue === true && !knowsParts.has(rule) && asksTwo(question.text))
      return twoQuestions;
    if (isHalfAnswer(question, found.isTrue))
      return { personOnly: "it asks for details that are not stored" };
    return { ...found, isWorded: true };
  }
  return undefined;
}

/** "Yes" where an explanation is wanted too. A "no" needs none. */
function isHalfAnswer({ options, text }: AskedQuestion, isTrue: boolean | undefined): boolean {
  return (
    isTrue === true &&
    options.length === 0 &&
    wantsWords(
      text.replace(
        /\bwhat we\b|\bin which\b|\bwhen (needed|required|necessary)\b|\bif (you have )?any\b/gu,
        " ",
      ),
    )
  );
}
