import type { Profile, SavedAnswer } from "@valet/contracts";
import { normaliseQuestion, normaliseScope } from "@valet/domain";

interface FoundAnswer extends SavedAnswer {
  /** Its place in the profile's list. */
  readonly index: number;
}

/** The person's own answer to the same question, the one for this company before the one for all. */
export function findSavedAnswer(
  profile: Profile,
  { question, company }: { readonly question: string; readonly company?: string | undefined },
): FoundAnswer | undefined {
  const wanted = normaliseQuestion(question);
  if (wanted === "") return undefined;
  const same = (profile.application?.savedAnswers ?? [])
    .map((answer, index) => ({ ...answer, index }))
    .filter((answer) => normaliseQuestion(answer.question) === wanted);
  const own = same.find(({ scope }) => scope !== undefined && isScope(scope, company));
  return own ?? same.find(({ scope }) => scope === undefined);
}

function isScope(scope: string, company: string | undefined): boolean {
  return company !== undefined && normaliseScope(scope) === normaliseScope(company);
}
