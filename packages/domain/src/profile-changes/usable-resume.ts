import type { JsonResume, ParsedResume, ReadFrom } from "@valet/contracts";
import { withValueAt } from "./json-pointer.ts";

/** A résumé in the terms of a profile, with the places of its values. */
export interface UsableResume {
  readonly resume: unknown;
  readonly sources: Readonly<Record<string, ReadFrom>>;
}

/**
 * Says the same as a profile does: an end at present is no end (jsonresume.org), an address has its scheme,
 * and a place is the city and the country where the words are these.
 */
export function usable({ resume, sources }: ParsedResume): UsableResume {
  const { basics, work, projects, education, ...rest } = resume;
  const { location, ...other } = basics;
  const place = placeOf(location?.address);
  const from = sources["/basics/location/address"];
  const read: Record<string, ReadFrom> = { ...sources };
  let told: unknown = {
    ...rest,
    basics: {
      ...other,
      ...(other.url === undefined ? {} : { url: withScheme(other.url) }),
      ...(other.profiles === undefined
        ? {}
        : {
            profiles: other.profiles.map((one) =>
              one.url === undefined ? one : { ...one, url: withScheme(one.url) },
            ),
          }),
    },
    ...(work === undefined ? {} : { work: work.map(withoutPresent) }),
    ...(education === undefined ? {} : { education: education.map(withoutPresent) }),
    ...(projects === undefined ? {} : { projects: projects.map(withoutPresent) }),
  };
  for (const [name, value] of Object.entries(place)) {
    const pointer = `/basics/location/${name}`;
    told = withValueAt(told, pointer, value);
    if (from !== undefined) read[pointer] = from;
  }
  return { resume: told, sources: read };
}

function withoutPresent(entry: { readonly endDate?: string | undefined }): object {
  const { endDate, ...rest } = entry;
  return endDate === undefined || endDate === "present" ? rest : { ...rest, endDate };
}

function withScheme(url: string): string {
  return /^[a-z][a-z\d+.-]*:/iu.test(url) ? url : `https://${url}`;
}

/** Only what the words themselves are: "CA" is a state or a country, so nothing is said of it. */
function placeOf(
  address: NonNullable<JsonResume["basics"]["location"]>["address"],
): Readonly<Record<string, string>> {
  const parts = (address ?? "").split(",").map((part) => part.trim());
  const [city = "", ...others] = parts;
  if (others.length === 0 || others.length > 2 || !/^[\p{L}\p{M}.' -]{2,60}$/u.test(city))
    return {};
  const countryCode = countryCodes().get(others.at(-1)?.toLowerCase() ?? "");
  return { city, ...(countryCode === undefined ? {} : { countryCode }) };
}

let codes: ReadonlyMap<string, string> | undefined;

/** By English name in lower case, and by what people write for the two longest ones. */
function countryCodes(): ReadonlyMap<string, string> {
  codes ??= new Map([...namedRegions(), ["usa", "US"], ["uk", "GB"]]);
  return codes;
}

function namedRegions(): (readonly [string, string])[] {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));
  // What CLDR has under two letters besides countries: unions and what is no place.
  const others = new Set(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"]);
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !others.has(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [[name.toLowerCase(), code] as const];
    });
}
