import { type FormField, type Meaning, policyClasses } from "@valet/contracts";
import { plainText } from "./core-question.ts";
import { suggestibleMeanings } from "./suggestible-meanings.ts";
import { isUnsure } from "./unsure-fields.ts";

/** Less than any word of the page gives, so that a review shows it as the guess that it is. */
export const suggestedConfidence = 0.65;

/** What somebody else than our rules says that fields ask for, by field id. */
export type SuggestedMeanings = ReadonlyMap<string, Meaning>;

/**
 * The fields with what was suggested for those that no rule is sure of. Nobody has to be believed for that:
 * whatever the suggestions are, a field takes one only if its control can ask for it, nothing about it speaks
 * of what is guarded, and no other field of the page asks for the same.
 */
export function withMeanings(
  fields: readonly FormField[],
  suggested: SuggestedMeanings,
): FormField[] {
  if (suggested.size === 0) return [...fields];
  const taken = takenMeanings(fields, suggested);
  return fields.map((field) => {
    const meaning = suggested.get(field.id);
    if (meaning === undefined || !isTakeable(field, meaning) || taken.has(meaning)) return field;
    return {
      ...field,
      meaning,
      policy: "fill" as const,
      confidence: suggestedConfidence,
      why: "no rule is sure what it asks for; a model takes it for this",
    };
  });
}

/**
 * What no field may take: what a field asks for already, and what was suggested for more than one, since then
 * nobody knows which it is. A name typed on its own is a signature more often than a name.
 */
function takenMeanings(
  fields: readonly FormField[],
  suggested: SuggestedMeanings,
): ReadonlySet<Meaning> {
  // What nobody may fill asks nobody for anything, whatever stands on it.
  const open = fields.filter(({ policy, visible }) => policy !== "never" && visible);
  const known = open.map((field) =>
    isUnsure(field) ? (suggested.get(field.id) ?? field.meaning) : field.meaning,
  );
  const once = new Set<Meaning>();
  const taken = new Set(known.filter((meaning) => once.size === once.add(meaning).size));
  const sure = open.filter((field) => !isUnsure(field)).map(({ meaning }) => meaning);
  const asksForContact = sure.some((meaning) => policyClasses[meaning] === "contact");
  const hasName = sure.some((meaning) => meaning.startsWith("name."));
  if (!asksForContact || hasName) taken.add("name.full");
  if (!asksForContact || sure.includes("name.full")) {
    for (const part of ["name.first", "name.last", "name.preferred"] as const) taken.add(part);
  }
  return taken;
}

const longestLabel = 120;

function isTakeable(field: FormField, meaning: Meaning): boolean {
  const { kind, label, options } = field;
  // Whoever asks for a name needs few words; what is long binds the person or asks for more.
  if (label.length > longestLabel) return false;
  if (!isUnsure(field) || suggestibleMeanings[meaning]?.includes(kind) !== true) return false;
  return !guarded.test(plainText([label, ...options].join(" "))) && !options.some(isYesOrNo);
}

function isYesOrNo(option: string): boolean {
  return /^(yes|no|ja|nein|nee|oui|non|si|sim|nao|tak|nie|true|false|i agree|agree)\b/u.test(
    plainText(option),
  );
}

/** Of what only a stored fact or the person answers, and of other people; in the languages that Valet reads. */
const guarded = new RegExp(
  [
    // Law, work permits, pay.
    "authori[sz]|eligib|permit|\\bvisa\\b|sponsor|citizen|nationalit|passport|immigra|clearance|convict|crimin|felon|arrest|non-?compete",
    "arbeitserlaubnis|staatsangehor|staatsburger|vorstraf|ciudadan|nacional|cittadin|cidadan|obywatel|burgerschap|nationaliteit",
    "salar|compensat|remunerat|\\bpay\\b|\\bwages?\\b|\\bgehalt|vergutung|lohn|stipend|sueldo|wynagrodz|salaris|remunerac",
    // Who somebody is beyond name and address.
    "gender|\\bsex\\b|pronoun|\\brac(e|ial)\\b|ethnic|hispanic|veteran|disab|orientation|religio|\\bunion\\b|marital|pregnan|health|medical",
    "geschlecht|behinder|schwerbehind|religion|sexe|handicap|genero|discapac|disabil|niepelnospraw|geslacht",
    "social security|\\bssn\\b|\\btax\\b|national (id|insurance)|identity (card|number)|\\biban\\b|bank|account|card|sozialversicher|steuer",
    // What binds the person.
    "consent|agree|accept|acknowledg|privacy|terms|polic|certif|attest|declar|affirm|swear|truth|accura|sign(ed|ature|ing)?\\b|initials",
    "einwillig|zustimm|datenschutz|erklar|unterschrift|unterzeich|consent|accepte|signature|firma\\b|aceptar|acepto|acconsent|assinatur|handtekening|podpis|zgod[aey]|underskrift|allekirjoit|imza|подпис|соглас|签名|署名|サイン|서명|توقيع",
    // Secrets and tests.
    "password|passcode|\\bpin\\b|\\bcode\\b|captcha|verif|one[- ]?time|passwor|kennwort|mot de passe|contrasena|senha|haslo|wachtwoord",
    // Others.
    "referee|reference|emergency|manager|supervisor|parent|guardian|spouse|partner|next of kin|friend|child|relative|family|referr|notfall|urgence|emergencia|emergenza",
  ].join("|"),
  "u",
);
