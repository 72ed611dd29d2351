import { type Meaning, policyClasses } from "@valet/contracts";
import { numberRange } from "../answer/number-range.ts";
import { isPlainYesNo, optionsThatSay, senseOf } from "../answer/option-sense.ts";
import { contentWords, stem } from "../answer/question-words.ts";
import { degreeLevelOf } from "../answer/study-record.ts";
import { countryOf, dialCodeIn } from "./countries.ts";
import { fold } from "./fold.ts";
import { chooseBand } from "./salary-band.ts";
import { regionCodeOf } from "./region-codes.ts";

export { fold } from "./fold.ts";

export interface OptionChoice {
  readonly options: readonly string[];
  readonly wanted: string;
  readonly meaning: Meaning;
  /** The question, where a currency or a unit stands in it. */
  readonly label?: string;
}

/**
 * The one option that says what is wanted, or undefined when none or several could be meant: the same
 * text, the same words, the same thing by another name, and for facts without legal weight the option
 * that shares most words by a clear margin. Never by containment: "Female" contains "Male".
 */
export function chooseOption(choice: OptionChoice): string | undefined {
  const { options, wanted, meaning } = choice;
  const want = fold(wanted);
  const exact =
    options.find((option) => option === wanted) ?? options.find((option) => fold(option) === want);
  if (exact !== undefined) return exact;
  const bare = only(options, (option) => bareWords(option) === bareWords(wanted));
  if (bare !== undefined) return bare;
  if (meaning === "phone.countryCode") return chooseDialCode(options, wanted);
  if (senseOf(wanted) === "decline") return oneOf(optionsThatSay(options, "decline"));
  if (want === "yes" || want === "no") return choosePolarity(options, want === "yes", meaning);
  return chooseByMeaning(choice) ?? chooseRanked(choice);
}

function chooseByMeaning({ options, wanted, meaning, label }: OptionChoice): string | undefined {
  switch (meaning) {
    case "address.country":
    case "workAuth.citizenship": {
      const country = countryOf(wanted);
      return country && only(options, (option) => countryOf(option) === country);
    }
    case "address.region": {
      const state = regionCodeOf(wanted);
      return state && only(options, (option) => regionCodeOf(option) === state);
    }
    case "location":
    case "address.city":
      return choosePlace(options, wanted);
    case "work.yearsOfExperience":
      return only(options, (option) => numberRange(option)?.holds(Number(wanted)) === true);
    case "salary.expected":
      return chooseBand({ options, wanted, label: label ?? "" });
    case "education.degree": {
      const level = degreeLevelOf(wanted);
      return level && only(options, (option) => degreeLevelOf(option) === level);
    }
    case "eeo.gender": {
      const sex = sexOf(wanted);
      return sex && only(options, (option) => sexOf(option) === sex);
    }
    case "referralSource":
      return only(options, (option) => fold(option).startsWith(`${fold(wanted)} `));
    default:
      return undefined;
  }
}

function only(
  options: readonly string[],
  isWanted: (option: string) => boolean,
): string | undefined {
  return oneOf(options.filter((option) => isWanted(option)));
}

function oneOf(options: readonly string[]): string | undefined {
  return options.length === 1 ? options[0] : undefined;
}

/** Words only, without an explanation in trailing brackets. */
function bareWords(text: string): string {
  return fold(text)
    .replace(/\s*\([^()]*\)\s*$/u, "")
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}

const rankedClasses: ReadonlySet<string> = new Set(["history", "preference", "freeText"]);
const leastShare = 0.6;
const leastMargin = 0.25;

/** By shared words, where a near miss does no harm: never for who somebody is or what the law asks. */
function chooseRanked({ options, wanted, meaning }: OptionChoice): string | undefined {
  if (!rankedClasses.has(policyClasses[meaning])) return undefined;
  const words = wordSet(wanted);
  if (words.size === 0 || /^\d+$/u.test(wanted)) return undefined;
  const ranked = options
    .map((option) => ({ option, share: sharedWords(words, wordSet(option)) }))
    .sort((a, b) => b.share - a.share);
  const [best, next] = ranked;
  if (best === undefined || best.share < leastShare) return undefined;
  return next === undefined || best.share - next.share >= leastMargin ? best.option : undefined;
}

function wordSet(text: string): Set<string> {
  return new Set(contentWords(fold(text)).map((word) => stem(word)));
}

/** Words in both, of words in either. */
function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}

type Sex = "male" | "female";

/** Only the plain words: what says more is another answer. */
function sexOf(text: string): Sex | undefined {
  const word = bareWords(text);
  if (
    /^(male|man|m|mannlich|mann|homme|masculin|hombre|masculino|maschio|uomo|mannelijk|man|mezczyzna)$/u.test(
      word,
    )
  )
    return "male";
  return /^(female|woman|f|weiblich|frau|femme|feminin|mujer|femenino|feminino|femmina|donna|vrouwelijk|vrouw|kobieta)$/u.test(
    word,
  )
    ? "female"
    : undefined;
}

/** "Yes, I am …" for yes; for veteran and disability also the plain statement. */
function choosePolarity(
  options: readonly string[],
  isYes: boolean,
  meaning: Meaning,
): string | undefined {
  const plain = optionsThatSay(options, isYes ? "yes" : "no").filter((option) =>
    isPlainYesNo(option),
  );
  const direct = oneOf(plain);
  if (direct !== undefined || plain.length > 1) return direct;
  const isStatement = /^eeo\.(veteran|disability)$/u.test(meaning);
  if (!isStatement) return undefined;
  const negative = /^(i am not|i'm not|i do not have|i don't have|not a )\b/u;
  const isNegative = (option: string): boolean => negative.test(fold(option));
  const stated = options.filter((option) => senseOf(option) !== "decline");
  if (!isYes) return only(stated, isNegative);
  const positive = /^(i am|i identify|i have)\b/u;
  return only(stated, (option) => positive.test(fold(option)) && !isNegative(option));
}

/** "+1", "United States +1" and "United States (+1)" are one; a shared code alone decides nothing. */
function chooseDialCode(options: readonly string[], wanted: string): string | undefined {
  const country = countryOf(wanted);
  const dial = dialCodeIn(wanted);
  if (country !== undefined) {
    const named = only(options, (option) => countryOf(option) === country);
    if (named !== undefined) return named;
    if (options.some((option) => countryOf(option) !== undefined)) return undefined;
  }
  return dial === undefined ? undefined : only(options, (option) => dialCodeIn(option) === dial);
}

/** The city must be the same, and no named region or country may contradict. */
function choosePlace(options: readonly string[], wanted: string): string | undefined {
  const [city = "", region = ""] = partsOf(wanted);
  const fitting = placesNotElsewhere(options, wanted).filter(
    (option) => fold(partsOf(option)[0] ?? "") === fold(city),
  );
  if (fitting.length <= 1) return fitting[0];
  return only(fitting, (option) =>
    partsOf(option)
      .slice(1)
      .some((part) => isSameRegion(part, region)),
  );
}

/** The places of a list that lie in no other region or country than the wanted one, as far as both say. */
export function placesNotElsewhere(options: readonly string[], wanted: string): string[] {
  const [, ...wantedRest] = partsOf(wanted);
  const country = countryOf(wantedRest.at(-1) ?? "");
  return options.filter((option) => {
    const [, ...rest] = partsOf(option);
    const optionCountry = countryOf(rest.at(-1) ?? "");
    const isAbroad =
      country !== undefined && optionCountry !== undefined && optionCountry !== country;
    return !isAbroad && !isOtherRegion(rest, wantedRest);
  });
}

function partsOf(place: string): string[] {
  return place.split(",").map((part) => part.trim());
}

/** Both name a region that is known, and not the same one: the city is another of that name. */
function isOtherRegion(option: readonly string[], wanted: readonly string[]): boolean {
  const known = (parts: readonly string[]): string[] =>
    parts.map((part) => regionCodeOf(part)).filter((code) => code !== undefined);
  const [have, want] = [known(option), known(wanted)];
  return have.length > 0 && want.length > 0 && !have.some((code) => want.includes(code));
}

function isSameRegion(a: string, b: string): boolean {
  const state = regionCodeOf(a);
  return fold(a) === fold(b) || (state !== undefined && state === regionCodeOf(b));
}
