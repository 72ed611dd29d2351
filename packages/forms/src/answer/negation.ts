import { fold } from "../plan/fold.ts";

const english =
  /\b(not|never|cannot|can't|unable|unwilling|ineligible|neither|nor|lack(ing)?|except|unless|have no|has no|had no|is no|are no|with no|free (of|from))\b|n't\b/u;

/** German, French, Spanish, Portuguese, Italian, Dutch and Polish, without their accents. */
const foreign =
  /\b(nicht|kein(e[mnrs]?)?|niemals|ohne|(ne|n') ?(\p{L}+ ){1,4}(pas|plus|jamais|aucune?)|n'(etes|avez|est|a|avez-vous) ?[\p{L}-]* ?(pas|jamais|aucune?)|sans|no (esta|estas|tiene|tienes|necesita|necesitas|requiere|puede|puedes|es|ha|has)|nunca|sin|nao|sem|non (e|ha|sei|hai|sono|ho|puo|necessita|possiede)|senza|niet|geen|nooit|zonder|nie|bez|nigdy)\b/u;

/** Whether a yes to the sentence would say the opposite of the plain question. Any case, any signs. */
export function isTurned(sentence: string): boolean {
  const plain = fold(sentence).replace(
    /\bwhether or not\b|\bor not\b|\bif not\b|\bnot only\b|\boder nicht\b|\bou pas\b|\bo non?\b|\bczy nie\b|\bof niet\b/gu,
    " ",
  );
  return english.test(plain) || foreign.test(plain);
}
