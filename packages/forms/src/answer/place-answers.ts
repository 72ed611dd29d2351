import { countryNames, countryOf } from "../plan/countries.ts";
import { type Fact, profileFact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, takesSeveral } from "./asked-question.ts";
import { findWindow } from "./find-window.ts";
import { freeFrom, isFree } from "./free-time.ts";
import { homeInWords, homeOf, livesIn } from "./home-place.ts";
import { optionsThatSay } from "./option-sense.ts";
import { placeOptions, relocateWords } from "./place-options.ts";
import { asksTwo } from "./two-questions.ts";
import { citiesIn, cityName, countriesOfPlace } from "./places.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { oneOption, yesNo } from "./worded-facts.ts";

const livesWords =
  /\b(currently|presently|already)\b.*\b(live|living|located|based|reside|residing|resident)\b|\b(do|are) you (live|living|located|based|reside|residing|a resident)\b|\bcurrent(ly)? (resident|residence)\b/u;

const onsiteWords =
  /\b(on-?\s?site|in-?\s?(the )?office|in-?\s?person|hybrid|(from|in|at|out of) (our|the|one of our) [^.?]{0,40}\b(offices?|hq|headquarters)|office-based|days? (a|per) week in|commut(e|ing)|work (from|in|at|out of) (our|the|one of our))\b/u;

const canWords =
  /\b(able|willing|comfortable|happy|open|available|prepared|can|could|will|would|ok(ay)?|agree|commit|meet this|works? for you)\b/u;

const partWords =
  /\b(relocat\w*|mov(e|ing)|on-?\s?site|offices?|in[- ]person|hybrid|commut\w*|days|week|full[- ]time|hours|work(ing)? (from|in|at|out)|liv(e|ing)|based|located)\b/u;

/** Where the person lives, is willing to live and to work. */
export const placeAnswers: readonly AnswerRule[] = [
  placeOptions,
  relocateOrCommute,
  livesThere,
  wantedPlaces,
  cityAndCountry,
  countryOfHome,
];

function livesThere(question: AskedQuestion): Fact | undefined {
  const { closed, label } = question;
  if (closed === undefined || !livesWords.test(closed) || isTurned(closed)) return undefined;
  if (/\b(last|past|years?|months?|continuous|previously|ever)\b/u.test(closed)) return undefined;
  const isHere = /\b(this (role|job|position)|the (role|job|position)|here)\b/u.test(closed);
  const lives =
    livesIn(label, homeOf(question)) ?? (isHere ? inPostedCountry(question) : undefined);
  const isOutside = /\b(outside|elsewhere|other than|away from|beyond|abroad)\b/u.test(closed);
  if (isOutside)
    return lives === undefined || relocateWords.test(question.text)
      ? undefined
      : yesNo(!lives, "/basics/location", 0.85);
  const willing = question.profile.application?.relocation?.willing;
  if (lives !== true && relocateWords.test(question.text)) {
    return willing === undefined ? undefined : yesNo(willing, "/application/relocation", 0.85);
  }
  if (lives === undefined) return undefined;
  const isNear = /\b(commut|near|within|close to|miles|km|area)\b/u.test(closed);
  if (isNear && !lives && sharesCountry(question)) return undefined;
  return yesNo(lives, "/basics/location", 0.85);
}

/** Whether the person lives in the country of the posting, where the question asks for no less. */
function inPostedCountry({ closed = "", job, profile }: AskedQuestion): boolean | undefined {
  const countries = countriesOfPlace(job.location ?? "");
  const home = profile.basics?.location?.countryCode;
  if (!/\bcountry\b/u.test(closed) || countries.length !== 1 || home === undefined)
    return undefined;
  return countries.includes(home);
}

function sharesCountry(question: AskedQuestion): boolean {
  const { country } = homeOf(question);
  return country === undefined || countriesOfPlace(question.label).includes(country);
}

/** "Are you willing to relocate to X?", "Can you work from our X office?": both at once where both are asked. */
export function relocateOrCommute(question: AskedQuestion): Fact | undefined {
  const { closed, text, label, profile } = question;
  const asksMove = relocateWords.test(text);
  const asksOffice = onsiteWords.test(text);
  if (closed === undefined || (!asksMove && !asksOffice) || !canWords.test(closed))
    return undefined;
  if (
    isTurned(closed) ||
    asksTwo(text, partWords) ||
    /\bif (?!(you are |you're )?(offered|selected|hired|successful|required|requested|needed|necessary|not)\b)/u.test(
      text,
    ) ||
    /\b(prefer|remote|remotely|assistance|package|reimburs|experience|interview|assessment|event|rounds?\b|visit|conference|training|meeting)/u.test(
      text,
    )
  )
    return undefined;
  if (livesWords.test(closed) && !asksMove) return undefined;
  const time = fitsTime(question);
  if (time === false) return yesNo(false, "/application/startDate", 0.85);
  if (time === "unclear") return undefined;
  const { onsite, relocation } = profile.application ?? {};
  const lives =
    livesIn(label, homeOf(question)) ?? livesIn(question.job.location ?? "", homeOf(question));
  const isOr = /\b(commut\w*|live|located|based)\b.*\bor\b.*\brelocat/u.test(text);
  if (asksOffice && !isOr && onsite === undefined) return undefined;
  if (asksOffice && !isOr && onsite === false) return yesNo(false, "/application/onsite", 0.85);
  if (asksOffice && lives === true) return yesNo(true, "/application/onsite", 0.9);
  if (lives === true && asksMove)
    return relocation?.willing === true || isOr ? yesNo(true, "/basics/location", 0.85) : undefined;
  const namesPlace = citiesIn(label).length > 0 || countriesOfPlace(label).length > 0;
  if (asksOffice && !asksMove && !namesPlace && question.job.location === undefined) {
    return onsite === undefined ? undefined : yesNo(onsite, "/application/onsite", 0.9);
  }
  if (relocation?.willing === undefined) return undefined;
  // Who would not move may still live near enough.
  if (asksOffice && !asksMove && !relocation.willing) return undefined;
  const ref = "/application/relocation/willing";
  return yesNo(relocation.willing, ref, isListedPlace(question) ? 0.92 : 0.82);
}

/** Whether the person is free at the time a question names; "unnamed" where it names none. */
function fitsTime(question: AskedQuestion): boolean | "unnamed" | "unclear" {
  const free = freeFrom(question);
  const time = findWindow(question.text, question.today);
  if (time !== undefined) return free === undefined ? "unclear" : (isFree(time, free) ?? "unclear");
  return /\b\d+ (weeks|months)\b/u.test(question.text) ? "unclear" : "unnamed";
}

function isListedPlace({ label, profile }: AskedQuestion): boolean {
  const places = (profile.application?.relocation?.locations ?? []).map((place) => cityName(place));
  return citiesIn(label).some((city) => places.includes(city));
}

const wantedWords =
  /\b(location|office|city|cities|site)s?( \w+)? ?(preferences?|preferred|choice|are you interested|would you|of interest)|\b(prefer(red)?|desired|interested in|which|what|select|choose|rank)\b.*\b(locations?|offices?|cities|city|sites?)\b|\bwhere would you (like|prefer|want) to (work|be based)/u;

/** Among offered places those the person named, else those of the posting if they would move. */
function wantedPlaces(question: AskedQuestion): Fact | undefined {
  const { options, text, profile, job } = question;
  if (options.length === 0 || !wantedWords.test(text)) return undefined;
  if (/\b(currently|reside|live|hear|university|school)\b/u.test(text)) return undefined;
  const { willing, locations = [] } = profile.application?.relocation ?? {};
  const home = homeOf(question);
  const wanted = [...locations.map((place) => cityName(place)), home.city ?? ""].filter(Boolean);
  const places = options.filter((option) => citiesIn(option).length > 0);
  const own = places.filter((option) => citiesIn(option).some((city) => wanted.includes(city)));
  const ref = "/application/relocation/locations";
  if (own.length > 0) return chosen(own, { question, ref, confidence: 0.85 });
  if (willing !== true) return undefined;
  const offered = citiesIn(job.location ?? "");
  const posted = places.filter((option) => citiesIn(option).some((city) => offered.includes(city)));
  if (posted.length > 0)
    return concluded(
      chosen(posted, { question, ref: "/application/relocation/willing", confidence: 0.7 }),
    );
  const any = options.filter((option) =>
    /^(any|no preference|open to|flexible|either|all)\b/u.test(plainWords(option)),
  );
  const [only] = any;
  return any.length === 1 && only !== undefined
    ? concluded(oneOption(only, "/application/relocation/willing", 0.75))
    : undefined;
}

function concluded(fact: Fact | undefined): Fact | undefined {
  return fact && { ...fact, isConclusion: true };
}

function chosen(
  options: readonly string[],
  { question, ref, confidence }: { question: AskedQuestion; ref: string; confidence: number },
): Fact | undefined {
  if (options.length > 1 && !takesSeveral(question)) return undefined;
  if (optionsThatSay(options, "decline").length > 0) return undefined;
  return { texts: options, isList: true, source: "profile", ref, confidence };
}

/** "Country of residence", in words or among countries. */
function countryOfHome({ text, options, profile, kind, meaning }: AskedQuestion): Fact | undefined {
  // A bare "Country" beside a phone number, a school or an employer is theirs.
  if (!/^(address\.|location$|question$|unknown$)/u.test(meaning)) return undefined;
  const asks =
    /^country$|^(current )?country (of residence|where you live|you (currently )?(live|reside) in)\b|\b(which|what) country (do|are) you (currently )?(live|living|reside|residing|based|located)\b/u;
  const code = profile.basics?.location?.countryCode;
  if (code === undefined || !asks.test(text) || text.length > 80) return undefined;
  const ref = "/basics/location/countryCode";
  const names = countryNames(code);
  // A list that is not known yet may have any of the names.
  if (options.length === 0) return profileFact(ref, kind === "combobox" ? names : names[0]);
  const same = options.filter((option) => countryOf(option) === code);
  const [only] = same;
  return same.length === 1 && only !== undefined ? oneOption(only, ref, 0.95) : undefined;
}

function cityAndCountry(question: AskedQuestion): Fact | undefined {
  const asks = /\b(city|town)\b.{0,20}\b(country|state|province)\b/u;
  const isHome = /\b(live|living|located|based|reside|residence|current(ly)?|home)\b|^(city|town)/u;
  const { text, options } = question;
  if (options.length > 0 || text.length > 120) return undefined;
  if (/^(in )?(what|which) (city|town) do you (currently )?(live|reside) in\b/u.test(text))
    return profileFact("/basics/location/city", question.profile.basics?.location?.city);
  return asks.test(text) && isHome.test(text) ? homeInWords(question) : undefined;
}
