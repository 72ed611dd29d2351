/** What a person types or chooses, and how the profile holds it. */
export type FactKind =
  | "text"
  | "email"
  | "tel"
  | "url"
  | "date"
  | "number"
  /** Yes, no, or not said. */
  | "yes-no"
  | "country"
  /** Several, with commas between. */
  | "texts"
  /** "Yes", "no" or words of one's own. */
  | "yes-or-words"
  /** "No", or with whom. */
  | "no-or-names"
  | "currency"
  | "period";

export interface FactField {
  /** Into the profile; below `/basics/profiles` by the name of the network. */
  readonly pointer: string;
  readonly kind: FactKind;
  /** Most forms ask for it. */
  readonly isAsked?: true;
  readonly autoComplete?: string;
}

export type FactGroupName =
  | "contact"
  | "work"
  | "terms"
  | "legal"
  | "voluntary"
  | "consents"
  | "lists";

const contact: readonly FactField[] = [
  { pointer: "/application/name/first", kind: "text", isAsked: true, autoComplete: "given-name" },
  { pointer: "/application/name/last", kind: "text", isAsked: true, autoComplete: "family-name" },
  { pointer: "/application/name/preferred", kind: "text", autoComplete: "nickname" },
  { pointer: "/basics/email", kind: "email", isAsked: true, autoComplete: "email" },
  { pointer: "/basics/phone", kind: "tel", isAsked: true, autoComplete: "tel" },
  { pointer: "/basics/location/address", kind: "text", autoComplete: "street-address" },
  { pointer: "/basics/location/postalCode", kind: "text", autoComplete: "postal-code" },
  { pointer: "/basics/location/city", kind: "text", isAsked: true, autoComplete: "address-level2" },
  { pointer: "/basics/location/region", kind: "text", autoComplete: "address-level1" },
  { pointer: "/basics/location/countryCode", kind: "country", isAsked: true },
  { pointer: "/basics/profiles/LinkedIn", kind: "url", isAsked: true },
  { pointer: "/basics/profiles/GitHub", kind: "url" },
  { pointer: "/basics/url", kind: "url", autoComplete: "url" },
  { pointer: "/application/birthdate", kind: "date", autoComplete: "bday" },
];

const terms: readonly FactField[] = [
  { pointer: "/application/startDate", kind: "text", isAsked: true },
  { pointer: "/application/noticePeriod", kind: "text", isAsked: true },
  { pointer: "/application/salary/expected", kind: "number", isAsked: true },
  { pointer: "/application/salary/currency", kind: "currency", isAsked: true },
  { pointer: "/application/salary/period", kind: "period", isAsked: true },
  { pointer: "/application/yearsOfExperience", kind: "number" },
  { pointer: "/application/relocation/willing", kind: "yes-no" },
  { pointer: "/application/relocation/locations", kind: "texts" },
  { pointer: "/application/onsite", kind: "yes-no" },
  { pointer: "/application/travel", kind: "yes-or-words" },
  { pointer: "/application/referralSource", kind: "text", isAsked: true },
  { pointer: "/application/otherOffers", kind: "yes-no" },
];

const legal: readonly FactField[] = [
  { pointer: "/application/over18", kind: "yes-no" },
  { pointer: "/application/nonCompete", kind: "yes-no" },
  { pointer: "/application/previouslyEmployed", kind: "no-or-names" },
  { pointer: "/application/previouslyApplied", kind: "no-or-names" },
  { pointer: "/application/relativesEmployed", kind: "yes-no" },
  { pointer: "/application/governmentOfficial", kind: "yes-no" },
  { pointer: "/application/clearance", kind: "yes-or-words" },
];

const voluntary: readonly FactField[] = [
  { pointer: "/application/pronouns", kind: "text" },
  ...["gender", "race", "hispanic", "veteran", "disability", "orientation", "default"].map(
    (name) => ({ pointer: `/application/demographics/${name}`, kind: "text" as const }),
  ),
];

/** Grouped as people think of it; what has rows of its own stands in the group beside its fields. */
export const factGroups: Readonly<Record<FactGroupName, readonly FactField[]>> = {
  contact,
  work: [],
  terms,
  legal,
  voluntary,
  consents: [
    { pointer: "/application/consents/privacy", kind: "yes-no", isAsked: true },
    { pointer: "/application/consents/marketing", kind: "yes-no" },
  ],
  lists: [],
};

export const factGroupNames = Object.keys(factGroups).filter(
  (name): name is FactGroupName => name in factGroups,
);
