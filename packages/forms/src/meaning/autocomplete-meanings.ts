import type { Meaning } from "@valet/contracts";

/** Tokens of the HTML `autocomplete` attribute: the site's own statement of what a field holds. */
export const autocompleteMeanings: Readonly<Record<string, Meaning>> = {
  name: "name.full",
  "given-name": "name.first",
  "additional-name": "name.middle",
  "family-name": "name.last",
  nickname: "name.preferred",
  email: "email",
  tel: "phone",
  "tel-national": "phone",
  "tel-country-code": "phone.countryCode",
  "street-address": "address.line1",
  "address-line1": "address.line1",
  "address-line2": "address.line2",
  "address-level2": "address.city",
  "address-level1": "address.region",
  "postal-code": "address.postalCode",
  country: "address.country",
  "country-name": "address.country",
  bday: "birthdate",
  "bday-day": "birthdate.day",
  "bday-month": "birthdate.month",
  "bday-year": "birthdate.year",
  sex: "eeo.gender",
  organization: "work.company",
  "organization-title": "work.title",
  username: "account.username",
  "current-password": "account.password",
  "new-password": "account.password",
  "one-time-code": "captcha",
  "cc-name": "payment.other",
  "cc-number": "payment.other",
  "cc-csc": "payment.other",
  "cc-exp": "payment.other",
  "cc-exp-month": "payment.other",
  "cc-exp-year": "payment.other",
  "cc-type": "payment.other",
};

export function autocompleteMeaning(attribute: string): Meaning | undefined {
  const tokens = attribute.toLowerCase().trim().split(/\s+/u);
  const last = tokens.at(-1) === "webauthn" ? tokens.at(-2) : tokens.at(-1);
  return last === undefined ? undefined : autocompleteMeanings[last];
}
