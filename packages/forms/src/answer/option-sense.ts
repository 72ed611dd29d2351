import { fold } from "../plan/fold.ts";

/** What choosing an option would say, as far as its first words tell. */
export type OptionSense = "yes" | "no" | "notApplicable" | "decline" | "other" | "none" | "else";

const decline =
  /\b(decline|prefer not|rather not|choose not|opt out)\b|(do not|don't) (wish|want) to|not (wish|want) to (answer|say|disclose|provide|self)|^not (specified|disclosed)$|keine angabe|mochte ich nicht|prefiero no|je prefere ne pas|ne souhaite pas|prefiro nao|preferisco non|zeg ik liever niet|wole nie/u;

const none =
  /^(\d+\s*[-.:)]\s*)?(none|no experience|never|not used|nothing|not at all|no knowledge|none of (the above|these|them)|no prior|no previous|no formal)\b|\b(have|has) (not|never)\b|\bhaven't\b|\bnone of the (above|listed)\b|^(i )?(do not|don't) have (any )?(experience|knowledge)|^0$|^0 years?\b|^keine\b|^aucun|^ningun|^nenhum|^nessun|^geen\b/u;

/** Reads an option on its own. "No, I do not wish to answer" declines. */
export function senseOf(option: string): OptionSense {
  const text = fold(option).replace(/[.!]+$/u, "");
  if (decline.test(text)) return "decline";
  if (/^(n ?[/.] ?a\.?|na|not applicable|does not apply|non applicable|entfallt)\b/u.test(text)) {
    return "notApplicable";
  }
  if (/^(yes|y|true|ja|oui|si|sim|tak|i do|i am|i have|i will|i can|agree|correct)\b/u.test(text)) {
    return /^i (do|am|have|will|can) not\b|^i (don't|haven't|won't|can't)\b/u.test(text)
      ? "no"
      : "yes";
  }
  if (none.test(text) && !/^no[,. ]/u.test(text)) return "none";
  if (/^(no|n0|n|false|nein|non|nao|nie|nee|disagree|i'm not|incorrect)\b/u.test(text)) return "no";
  if (
    /^others?\b|^(something|somewhere|another) else\b|^(sonstige|autre|otro|altro|outro)/u.test(
      text,
    )
  ) {
    return "other";
  }
  return "else";
}

/** Whether an option begins with a plain yes or no and is not a statement of its own ("I am not …"). */
export function isPlainYesNo(option: string): boolean {
  return ["yes", "no"].includes(senseOf(option)) && !/^i('m)?\b/u.test(fold(option));
}

/** The options that say this. */
export function optionsThatSay(options: readonly string[], sense: OptionSense): string[] {
  return options.filter((option) => senseOf(option) === sense);
}

/** The one option that claims nothing: "None of the above", "Not used", "No experience", "0". */
export function nothingOption(options: readonly string[]): string | undefined {
  const nothing = optionsThatSay(options, "none");
  if (nothing.length === 1) return nothing[0];
  const no = optionsThatSay(options, "no");
  return nothing.length === 0 && no.length === 1 ? no[0] : undefined;
}
