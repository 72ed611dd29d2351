import { countriesIn } from "../plan/countries.ts";
import { plainWords } from "./question-words.ts";

/** What choosing an option would say about the right to work; undefined where it says nothing. */
export interface WorkClaims {
  readonly authorized: boolean | undefined;
  readonly sponsorship: boolean | undefined;
  readonly citizen: boolean | undefined;
  /** "citizen or permanent resident": true for either. */
  readonly isOrResident: boolean;
  /** Says that a visa or permit is held now. */
  readonly holdsVisa: boolean;
  /** Names a kind of visa or another detail that no fact tells. */
  readonly isSpecific: boolean;
  /** Countries whose citizens the option speaks of; "EU" for the union. */
  readonly nationalities: readonly string[];
}

const visaNames =
  /\b(h-?1b1?|tn1?a?|e-?[23]|f-?1|j-?1|l-?1|o-?1|opt|cpt|stem|ead|tier \d|skilled worker|graduate (route|visa)|student visa|youth mobility|blue card|dependa?nt|spouse|another type|other type)\b/u;

/** A right that ends says more than any stored fact. */
const limitWords =
  /\b(limited (time|period)|time[- ]limited|temporar\w+|until|expir\w+|for now|only for|at first|initially|later|eventually)\b/u;

export function claimsOf(option: string): WorkClaims {
  // "No, I have the right to work" denies the question and not the right.
  const text = plainWords(option).replace(/^no\b[,.:;\s-]+(?=(i|we|but|as|because)\b)/u, "");
  const deniesWork =
    /\b(not|n't|no)\b.{0,30}\b(authori[sz]\w+|eligible|permitted|allowed|entitled|right|permission)\b/u.test(
      text,
    );
  const saysWork =
    /\b(authori[sz]ed|eligible|entitled|permitted|allowed|right|permission|able) (to|for) (legally )?(live and )?work\b|\bwork authori[sz]ation\b|\blegally authori[sz]ed\b|\bunrestricted\b/u.test(
      text,
    );
  const deniesSponsor =
    /\b(not|n't|no|without|never)\b[^,;.]{0,50}\b(sponsor|visa|permit)/u.test(text) &&
    !/\bnot (currently )?(authori|eligible)/u.test(text);
  const saysSponsor =
    /\b(require|requiring|requires|need|needing|needs|would need|seek|transfer)\b[^,;.]{0,70}\b(sponsor\w*|visa|permit|transfer)\b|\bsponsorship (required|needed)\b|\b(with|subject to|given) (an? |visa |your |employer |company |some )*(sponsor\w*|visa (support|assistance))/u.test(
      text,
    );
  const isCitizen = /\b(citizens?|citizenship|nationals?)\b/u.test(text);
  const isResident =
    /\b(permanent residen\w*|green card|settled status|indefinite leave|ilr)\b/u.test(text);
  const isDenied = /\b(not|n't|neither)\b.{0,20}\b(citizen|national|permanent)/u.test(text);
  const holds =
    /\bvisa[- ]holder\b|\b(hold|holding|have|on|under|with|currently)\b.{0,30}\b(visa|opt|cpt|permit|h-?1b|ead|tn|f-?1)\b/u.test(
      text,
    ) && !saysSponsorOnly(text);
  return {
    authorized: deniesWork ? false : saysWork ? true : undefined,
    sponsorship: deniesSponsor ? false : saysSponsor ? true : undefined,
    citizen: isCitizen || isResident ? !isDenied : undefined,
    isOrResident: isResident,
    holdsVisa: holds,
    isSpecific: visaNames.test(text) || limitWords.test(text) || (isResident && !isCitizen),
    nationalities: isCitizen ? nationalitiesIn(option, text) : [],
  };
}

/** "I require a visa" holds none. */
function saysSponsorOnly(text: string): boolean {
  return (
    /\b(require|need)\b.{0,40}\bvisa\b/u.test(text) &&
    !/\b(hold|holding|currently (on|hold|have))\b/u.test(text)
  );
}

/** Citizens of these are citizens of the union too. */
export const unionCountries: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

const peoples: readonly (readonly [string, RegExp])[] = [
  ["GB", /\b(british|uk)\b/u],
  ["IE", /\birish\b/u],
  ["US", /\b(american|us|u\.s\.?)(?=\W|$)/u],
  ["CA", /\bcanadian\b/u],
  ["AU", /\baustralian\b/u],
  ["MX", /\bmexican\b/u],
  ["CL", /\bchilean\b/u],
  ["SG", /\bsingaporean?\b/u],
  ["CH", /\bswiss\b/u],
  ["DE", /\bgerman\b/u],
  ["FR", /\bfrench\b/u],
  ["NL", /\bdutch\b/u],
  ["IN", /\bindian\b/u],
  ["EU", /\b(eu|eea|european)\b/u],
];

function nationalitiesIn(option: string, text: string): string[] {
  const named = peoples.filter(([, word]) => word.test(text)).map(([code]) => code);
  return [...new Set([...countriesIn(option), ...named])];
}
