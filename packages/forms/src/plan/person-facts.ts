import type { AnswerableMeaning } from "@valet/contracts";
import { countriesOfPhone, countryNames, dialCodeOf } from "./countries.ts";
import { dateInFormat, namesDateFormat } from "./date-format.ts";
import { phoneFor } from "./phone-format.ts";
import { type Fact, type FactFinder, type FactInput, profileFact, takesText } from "./fact.ts";

/** Who the applicant is and where to be reached. */
export const personFacts: Partial<Record<AnswerableMeaning, FactFinder>> = {
  "name.first": namePart("first", 0),
  "name.last": namePart("last", 1),
  "name.preferred": ({ profile }) =>
    profileFact("/application/name/preferred", profile.application?.name?.preferred),
  "name.full": fullName,
  email: ({ profile, field }) =>
    asksForAnother(field) ? undefined : profileFact("/basics/email", profile.basics?.email),
  "email.confirm": ({ profile }) => profileFact("/basics/email", profile.basics?.email),
  phone,
  "phone.countryCode": phoneCountry,
  "address.line1": ({ profile }) =>
    profileFact("/basics/location/address", profile.basics?.location?.address),
  "address.city": city,
  "address.region": ({ profile }) =>
    profileFact("/basics/location/region", profile.basics?.location?.region),
  "address.postalCode": ({ profile }) =>
    profileFact("/basics/location/postalCode", profile.basics?.location?.postalCode),
  "address.country": ({ profile }) => {
    const code = profile.basics?.location?.countryCode;
    return profileFact("/basics/location/countryCode", code && countryNames(code));
  },
  location,
  birthdate,
  "birthdate.year": birthdatePart(0),
  "birthdate.month": birthdatePart(1),
  "birthdate.day": birthdatePart(2),
  pronouns: ({ profile }) => profileFact("/application/pronouns", profile.application?.pronouns),
  "url.linkedin": networkUrl("linkedin"),
  "url.twitter": networkUrl("twitter"),
  "url.github": networkUrl("github"),
  "url.portfolio": ({ profile }) => profileFact("/basics/url", profile.basics?.url),
};

/** "Alternate e-mail" wants one that is not the first. */
function asksForAnother({ label }: FactInput["field"]): boolean {
  return /\b(alternat\w+|secondary|second|other|another|additional|emergency|university|school|student|work|company)\b/iu.test(
    label,
  );
}

function phone({ profile, field }: FactInput): Fact | undefined {
  const stored = profile.basics?.phone;
  if (stored === undefined || asksForAnother(field)) return undefined;
  return profileFact("/basics/phone", phoneFor(field.label, stored));
}

/** A full name is split only where no one can be wrong: two words and no stored parts. */
function namePart(part: "first" | "last", index: 0 | 1): FactFinder {
  return ({ profile }) => {
    const stored = profile.application?.name;
    if (stored !== undefined) return profileFact(`/application/name/${part}`, stored[part]);
    const words = profile.basics?.name?.trim().split(/\s+/u) ?? [];
    return words.length === 2 ? profileFact("/basics/name", words[index]) : undefined;
  };
}

function fullName({ profile }: FactInput): Fact | undefined {
  const whole = profileFact("/basics/name", profile.basics?.name);
  if (whole !== undefined) return whole;
  const { first, last } = profile.application?.name ?? {};
  if (first === undefined || last === undefined) return undefined;
  return profileFact("/application/name", `${first} ${last}`);
}

function phoneCountry({ profile, field }: FactInput): Fact | undefined {
  const phone = profile.basics?.phone;
  const owner = phone === undefined ? undefined : countriesOfPhone(phone);
  if (owner === undefined) return undefined;
  const home = profile.basics?.location?.countryCode;
  const dial = `+${owner.dial}`;
  if (takesText(field)) {
    const isWhole = /\b(number|phone|mobile)\b.*\b(incl\w*|with|without|and)\b/iu.test(field.label);
    return profileFact("/basics/phone", isWhole ? phoneFor(field.label, phone ?? "") : dial);
  }
  const isHome = home !== undefined && dialCodeOf(home) === owner.dial;
  const country = isHome ? home : owner.countries.length === 1 ? owner.countries[0] : undefined;
  if (country === undefined) return profileFact("/basics/phone", dial);
  const names = countryNames(country);
  return profileFact("/basics/phone", [`${names[0]} ${dial}`, ...names, dial]);
}

/** A list of cities may have several of one name: there the region helps to tell them apart. */
function city(input: FactInput): Fact | undefined {
  const { city: name } = input.profile.basics?.location ?? {};
  return input.field.kind === "combobox"
    ? location(input)
    : profileFact("/basics/location/city", name);
}

/** From the most exact wording to the city alone. */
function location({ profile, field }: FactInput): Fact | undefined {
  const { city, region, countryCode } = profile.basics?.location ?? {};
  if (city === undefined) return undefined;
  const country = countryCode === undefined ? undefined : countryNames(countryCode)[0];
  const join = (...parts: (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined).join(", ");
  const texts = [...new Set([join(city, region, country), join(city, country), city])];
  return profileFact("/basics/location", takesText(field) ? texts[0] : texts);
}

function birthdate({ profile, field }: FactInput): Fact | undefined {
  const date = profile.application?.birthdate;
  const [year = "", month = "", day = ""] = date?.split("-") ?? [];
  if (date === undefined) return undefined;
  if (year === "" || month === "" || day === "") return undefined;
  const text = takesText(field) && field.kind !== "date" ? dateInFormat(field.label, date) : date;
  if (text === undefined && namesDateFormat(field.label)) return undefined;
  return profileFact("/application/birthdate", text ?? date);
}

function birthdatePart(index: 0 | 1 | 2): FactFinder {
  return ({ profile }) => {
    const part = profile.application?.birthdate?.split("-")[index];
    if (part === undefined) return undefined;
    const month = new Date(Date.UTC(2000, Number(part) - 1, 1));
    const names =
      index === 1
        ? ["long", "short"].map((style) =>
            new Intl.DateTimeFormat("en", {
              month: style === "long" ? "long" : "short",
              timeZone: "UTC",
            }).format(month),
          )
        : [];
    return profileFact("/application/birthdate", [part, String(Number(part)), ...names]);
  };
}

function networkUrl(network: string): FactFinder {
  return ({ profile }) => {
    const profiles = profile.basics?.profiles ?? [];
    const index = profiles.findIndex(
      (entry) =>
        entry.url !== undefined && entry.network?.toLowerCase().replace(/\s/gu, "") === network,
    );
    return profileFact(`/basics/profiles/${index}/url`, profiles[index]?.url);
  };
}
