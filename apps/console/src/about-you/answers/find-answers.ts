import type { SavedAnswer } from "@valet/contracts";

/** Those that hold each of these words, or parts of words, in question, answer or company. */
export function findAnswers(
  answers: readonly SavedAnswer[],
  words: string,
): readonly SavedAnswer[] {
  const wanted = plain(words).split(/\s+/u);
  return answers.filter(({ question, answer, scope = "" }) => {
    const said = plain([question, answer, scope].flat().join(" "));
    return wanted.every((word) => said.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}
