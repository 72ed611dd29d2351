import type { Meaning } from "@valet/contracts";
import { countryOf, dialCodeIn } from "./countries.ts";
import { usStateOf } from "./us-states.ts";

/**
 * The one option that says what is wanted, or undefined when none or several could be meant.
 * Never by containment: "Female" contains "Male".
 */
export function chooseOption({
  options,
  wanted,
  meaning,
}: {
  readonly options: readonly string[];
  readonly wanted: string;
  readonly meaning: Meaning;
}): string | undefined {
  const want = fold(wanted);
  const exact = options.find((option) => fold(option) === want);
  if (exact !== undefined) return exact;
  const bare = only(options, (option) => bareWords(option) === bareWords(wanted));
  if (bare !== undefined) return bare;
  if (meaning === "phone.countryCode") return chooseDialCode(options, wanted);
  if (isDecline(wanted)) return only(options, isDecline);
  if (want === "yes" || want === "no") return choosePolarity(options, want === "yes", meaning);
  switch (meaning) {
    case "address.country":
    case "workAuth.citizenship": {
      const country = countryOf(wanted);
      return country && only(options, (option) => countryOf(option) === country);
    }
    case "address.region": {
      const state = usStateOf(wanted);
      return state && only(options, (option) => usStateOf(option) === state);
    }
    case "location":
    case "address.city":
      return choosePlace(options, wanted);
    case "work.yearsOfExperience":
      return only(options, (option) => holdsNumber(option, Number(wanted)));
    case "referralSource":
      return only(options, (option) => fold(option).startsWith(`${want} `));
    default:
      return undefined;
  }
}

function only(
  options: readonly string[],
  isWanted: (option: string) => boolean,
): string | undefined {
  const fitting = options.filter((option) => isWanted(option));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Case, spacing, accents and typographic signs aside. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[‘’]/gu, "'")
    .replace(/[–—]/gu, "-")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}

/** Words only, without an explanation in trailing brackets. */
function bareWords(text: string): string {
  return fold(text)
    .replace(/\s*\([^()]*\)\s*$/u, "")
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}

function isDecline(option: string): boolean {
  return /\bdecline\b|prefer not|rather not|choose not|(do not|don't) (wish|want) to|not (wish|want) to (answer|say|disclose|provide|self)|^not (specified|disclosed)$/u.test(
    fold(option),
  );
}

/** "Yes, I am …" for yes; for veteran and disability also the plain statement. */
function choosePolarity(
  options: readonly string[],
  isYes: boolean,
  meaning: Meaning,
): string | undefined {
  const start = isYes ? /^yes\b/u : /^(no|n0)\b/u;
  const direct = only(options, (option) => start.test(fold(option)));
  if (direct !== undefined || !/^eeo\.(veteran|disability)$/u.test(meaning)) return direct;
  const negative = /^(i am not|i'm not|i do not have|i don't have|not a )\b/u;
  if (!isYes) return only(options, (option) => negative.test(fold(option)) && !isDecline(option));
  const positive = /^(i am|i identify|i have)\b/u;
  return only(options, (option) => positive.test(fold(option)) && !negative.test(fold(option)));
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
  const parts = (text: string): string[] => text.split(",").map((part) => part.trim());
  const [city = "", ...wantedRest] = parts(wanted);
  const fitting = options.filter((option) => {
    const [optionCity = "", ...rest] = parts(option);
    if (fold(optionCity) !== fold(city)) return false;
    const optionCountry = countryOf(rest.at(-1) ?? "");
    const country = countryOf(wantedRest.at(-1) ?? "");
    return country === undefined || optionCountry === undefined || optionCountry === country;
  });
  if (fitting.length <= 1) return fitting[0];
  const region = wantedRest[0] ?? "";
  return only(fitting, (option) =>
    parts(option)
      .slice(1)
      .some((part) => isSameRegion(part, region)),
  );
}

function isSameRegion(a: string, b: string): boolean {
  const state = usStateOf(a);
  return fold(a) === fold(b) || (state !== undefined && state === usStateOf(b));
}

function holdsNumber(option: string, wanted: number): boolean {
  const text = fold(option);
  const numbers = [...text.matchAll(/\d+(\.\d+)?/gu)].map(([digits]) => Number(digits));
  const [low, high] = numbers;
  if (low === undefined || Number.isNaN(wanted)) return false;
  if (high !== undefined) return wanted >= low && wanted <= high;
  if (/less than|under|below|<|up to/u.test(text)) return wanted < low;
  if (/\+|or more|and (above|over)|at least|>=/u.test(text)) return wanted >= low;
  if (/more than|over|above|>/u.test(text)) return wanted > low;
  return wanted === low;
}
