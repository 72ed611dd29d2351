import type { Fact } from "../plan/fact.ts";
import { type AskedQuestion, backgroundText } from "./asked-question.ts";
import { silenceOf } from "./list-silence.ts";
import { languageSkills, languagesIn } from "./known-technologies.ts";

export function hasSkillList({ profile }: AskedQuestion): boolean {
  return (profile.skills ?? []).length > 0;
}

/** Whether the profile names a term beyond doubt: "go" in a sentence is not the language. */
export function namesForSure({ profile }: AskedQuestion, term: string): boolean {
  const text = backgroundText(profile);
  const [language] = languagesIn(term, true);
  if (language === undefined) return namesTerm(text, term);
  const isSkill = languageSkills(profile).some(({ id }) => id === language);
  return isSkill || languagesIn(text).includes(language);
}

/** Whether the profile may name any of these, however loosely. */
export function namesAny(question: AskedQuestion, terms: readonly string[]): boolean {
  const text = backgroundText(question.profile);
  return terms.some((term) => namesTerm(text, term));
}

export function namesTerm(text: string, term: string): boolean {
  const languages = languagesIn(term, true);
  if (languages.length > 0) return languages.some((id) => languagesIn(text, true).includes(id));
  const bare = term.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replace(/s$/u, "");
  return new RegExp(`(?<![\\p{L}\\p{N}])${bare}`, "u").test(text);
}

/** Whether a profile that lists skills comes near none of these, and its silence may count. */
export function namesNone(question: AskedQuestion, terms: readonly string[]): boolean {
  if (terms.length === 0 || !hasSkillList(question) || namesAny(question, terms)) return false;
  return silenceOf(question, "skills") !== undefined;
}

/** What the silence of the skills says, in the words that claim nothing. */
export function unlisted(question: AskedQuestion, text: string): Fact | undefined {
  const silence = silenceOf(question, "skills");
  return silence && { texts: [text], source: "profile", ref: "/skills", ...silence };
}
