import type { CompleteList } from "@valet/contracts";
import type { Fact } from "../plan/fact.ts";
import type { AskedQuestion } from "./asked-question.ts";

export type Silence = Pick<Fact, "confidence" | "isConclusion">;

/**
 * What it means that a list lacks something. A list that the person calls complete says that it is not so.
 * Of a list that nobody has said anything about that is only a conclusion. A list is silent about nothing
 * where the person says that others are complete and not this one, or where only a résumé holds it: that
 * is a selection for its readers.
 */
export function silenceOf(
  { profile, fromResume }: Pick<AskedQuestion, "profile" | "fromResume">,
  list: CompleteList,
): Silence | undefined {
  const { completeLists } = profile.application ?? {};
  if (fromResume.includes(`/${list}`)) return undefined;
  if (completeLists !== undefined)
    return completeLists.includes(list) ? { confidence: 0.85 } : undefined;
  return { confidence: 0.65, isConclusion: true };
}
