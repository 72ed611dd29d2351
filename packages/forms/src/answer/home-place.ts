import { type Fact, profileFact } from "../plan/fact.ts";
import type { AskedQuestion } from "./asked-question.ts";
import { citiesIn, cityName, countriesOfPlace } from "./places.ts";
import { plainWords } from "./question-words.ts";

export interface Home {
  readonly city: string | undefined;
  readonly country: string | undefined;
}

export function homeOf({ profile }: AskedQuestion): Home {
  const { city, countryCode } = profile.basics?.location ?? {};
  return { city: city === undefined ? undefined : cityName(city), country: countryCode };
}

/** Whether the person lives in a place a text names; undefined where the text does not tell. */
export function livesIn(text: string, home: Home): boolean | undefined {
  const cities = citiesIn(text);
  if (cities.length > 0) {
    if (home.city === undefined) return undefined;
    return cities.includes(home.city) || plainWords(text).includes(home.city);
  }
  const countries = countriesOfPlace(text);
  if (countries.length === 0 || home.country === undefined) return undefined;
  if (!countries.includes(home.country)) return false;
  // A state or a county of the right country is not yet the right one.
  return /,|\b(state|county|region|province)\b/u.test(text) ? undefined : true;
}

/** The place in words, for "If other, please specify". */
export function homeInWords({ profile }: AskedQuestion): Fact | undefined {
  const { city, region, countryCode } = profile.basics?.location ?? {};
  if (city === undefined) return undefined;
  const country =
    countryCode === undefined
      ? undefined
      : new Intl.DisplayNames(["en"], { type: "region" }).of(countryCode);
  const texts = [[city, country ?? region].filter((part) => part !== undefined).join(", ")];
  return profileFact("/basics/location", texts);
}
