import { countriesIn } from "../plan/countries.ts";
import type { Profile } from "@valet/contracts";
import type { AskedQuestion } from "./asked-question.ts";
import { countriesOfPlace } from "./places.ts";

export type Entry = NonNullable<NonNullable<Profile["application"]>["workAuthorization"]>[number];

export interface WorkEntry {
  readonly entry: Entry;
  readonly ref: string;
  readonly isCitizen: boolean | undefined;
  /** The question names the country; otherwise it is the posting's. */
  readonly isNamed: boolean;
}

/** The union as a whole, in eight languages: rights are stored per country. */
const unionWords =
  /\b(eu|e\.u\.|ue|eea|eer|ewr|schengen|europe|europa|european union|europaischen? union|union europeenne|union europea|unione europea|uniao europeia|europese unie|uni[ai] europejsk\w+|european economic)\b/u;

/** "in den Vereinigten Emiraten": a place after a preposition that no list knows is not the posting's. */
function namesUnknownPlace(label: string): boolean {
  const words = label.split(/\s+/u);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  if (capitals * 2 > words.length) return false;
  const place =
    /(?<=\p{L}[^.?!]*)\b(?:in|im|inside|within|en|au|aux|na|no|nos|nas|w|we|nel|nella|negli|nei|ins|naar) (?:the |den |der |dem |die |las |los |het |de )?(\p{Lu}[\p{L}'-]+)/gu;
  return [...label.matchAll(place)].some(([, word = ""]) => !commonNouns.test(word));
}

/** Capitalised for other reasons than being a place. */
const commonNouns =
  /^(Zukunft|Land|Unternehmen|Arbeitsland|Beschaftigungsland|Vollzeit|Teilzeit|Anstellung|Ihrem|Ihrer|Unserem|Ihr|Order|Accordance|Question|I|January|February|March|April|May|June|July|August|September|October|November|December|Summer|Spring|Fall|Autumn|Winter|H-?1B|Person)$/u;

/** The entries must agree where several countries are meant. */
export function findEntry(question: AskedQuestion): WorkEntry | undefined {
  const { label, profile, formCountries, job } = question;
  const named = countriesIn(label);
  const inPlace = named.length > 0 ? named : countriesOfPlace(label);
  const isNamed = inPlace.length > 0;
  if (!isNamed && (unionWords.test(question.text) || namesUnknownPlace(label))) return undefined;
  const posted = countriesOfPlace(job.location ?? "");
  const countries = isNamed ? inPlace : formCountries.length > 0 ? formCountries : posted;
  const entries = profile.application?.workAuthorization ?? [];
  const found = countries.map((country) => entries.findIndex((entry) => entry.country === country));
  const [first] = found;
  const entry = entries[first ?? -1];
  if (entry === undefined || found.includes(-1)) return undefined;
  const agree = found.every(
    (index) =>
      entries[index]?.authorized === entry.authorized &&
      entries[index]?.sponsorshipRequired === entry.sponsorshipRequired,
  );
  if (!agree) return undefined;
  const citizenships = profile.application?.citizenships;
  const saysCitizen = entry.status === undefined ? undefined : /\bcitizen\b/iu.test(entry.status);
  const isCitizen =
    citizenships?.includes(entry.country) === true
      ? true
      : saysCitizen === true
        ? true
        : citizenships === undefined
          ? undefined
          : false;
  return { entry, ref: `/application/workAuthorization/${first}`, isCitizen, isNamed };
}
