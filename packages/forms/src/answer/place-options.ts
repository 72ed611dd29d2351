import type { Fact } from "../plan/fact.ts";
import type { AskedQuestion } from "./asked-question.ts";
import { type Home, homeOf, livesIn } from "./home-place.ts";
import { citiesIn, countriesOfPlace } from "./places.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";

/** Options that each say where one lives and whether one would move. */
export function placeOptions(question: AskedQuestion): Fact | undefined {
  const { options, label } = question;
  const saysPlace = (option: string): boolean =>
    /\b(live|living|located|based|reside|local)\b/u.test(plainWords(option)) ||
    relocateWords.test(plainWords(option));
  if (options.filter((option) => saysPlace(option)).length < 2) return undefined;
  const home = homeOf(question);
  const willing = question.profile.application?.relocation?.willing;
  const about = [label, ...options].join(". ");
  const fits = options.map((option) => placeClaim(option, { home, willing, about }));
  const certain = options.filter((_, index) => fits[index] === true);
  const [only] = certain;
  if (certain.length !== 1 || only === undefined) return undefined;
  return { texts: [only], source: "profile", ref: "/basics/location", confidence: 0.85 };
}

export const relocateWords = /\brelocat(e|ion|ing)\b|\bmove to\b|\bmoving to\b/u;

export interface ClaimFacts {
  readonly home: Home;
  readonly willing: boolean | undefined;
  readonly about: string;
}

/** Whether all an option says is true; undefined when a part is not known. */
export function placeClaim(
  option: string,
  { home, willing, about }: ClaimFacts,
): boolean | undefined {
  const text = plainWords(option);
  const [livesPart, movePart] = splitAtMove(text);
  const claims: (boolean | undefined)[] = [];
  if (/\b(live|living|located|based|reside|local)\b/u.test(livesPart)) {
    const lives = livesIn(named(option) ? option : about, home);
    const isDenied = isTurned(livesPart) || /\b(elsewhere|outside|another)\b/u.test(livesPart);
    claims.push(lives === undefined ? undefined : lives !== isDenied);
  }
  if (relocateWords.test(movePart)) {
    const isDenied = isTurned(movePart) || /\bunwilling\b/u.test(movePart);
    claims.push(willing === undefined ? undefined : willing !== isDenied);
    if (claims.length === 1 && livesIn(about, home) === true) claims.push(undefined);
  }
  if (claims.includes(false)) return false;
  return claims.length === 0 || claims.includes(undefined) ? undefined : true;
}

export function named(option: string): boolean {
  return citiesIn(option).length > 0 || countriesOfPlace(option).length > 0;
}

/** The part about living before the part about moving. */
export function splitAtMove(text: string): [string, string] {
  const at = text.search(/(,|-|;|\bbut\b|\band\b)[^,;]*\b(relocat|move|moving)/u);
  if (at > 0) return [text.slice(0, at), text.slice(at)];
  return relocateWords.test(text) ? ["", text] : [text, ""];
}
