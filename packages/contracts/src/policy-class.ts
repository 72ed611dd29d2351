import type { Meaning } from "./meaning.ts";

/**
 * Who may answer what. The class of a meaning decides which facts may speak for the person:
 * an attestation is always theirs, whatever is stored.
 */
export type PolicyClass =
  | "identity"
  | "contact"
  | "history"
  | "legal"
  | "workAuthorization"
  | "salary"
  | "preference"
  | "demographic"
  | "consent"
  | "attestation"
  | "freeText"
  | "never";

export const policyClasses = {
  "name.first": "identity",
  "name.middle": "identity",
  "name.last": "identity",
  "name.full": "identity",
  "name.preferred": "identity",
  email: "contact",
  "email.confirm": "contact",
  phone: "contact",
  "phone.countryCode": "contact",
  "address.line1": "contact",
  "address.line2": "contact",
  "address.city": "contact",
  "address.region": "contact",
  "address.postalCode": "contact",
  "address.country": "contact",
  location: "contact",
  birthdate: "identity",
  "birthdate.day": "identity",
  "birthdate.month": "identity",
  "birthdate.year": "identity",
  pronouns: "demographic",
  "pronouns.other": "demographic",
  "url.linkedin": "contact",
  "url.github": "contact",
  "url.twitter": "contact",
  "url.portfolio": "contact",
  "url.other": "contact",
  resume: "history",
  coverLetter: "freeText",
  "work.company": "history",
  "work.currentCompany": "history",
  "work.title": "history",
  "work.currentTitle": "history",
  "work.location": "history",
  "work.startDate": "history",
  "work.endDate": "history",
  "work.current": "history",
  "work.summary": "history",
  "work.yearsOfExperience": "history",
  "education.school": "history",
  "education.degree": "history",
  "education.discipline": "history",
  "education.startDate": "history",
  "education.endDate": "history",
  "education.grade": "history",
  "workAuth.authorized": "workAuthorization",
  "workAuth.sponsorship": "workAuthorization",
  "workAuth.status": "workAuthorization",
  "workAuth.citizenship": "workAuthorization",
  "compliance.over18": "legal",
  "compliance.clearance": "legal",
  "compliance.nonCompete": "legal",
  "compliance.previouslyEmployed": "legal",
  "compliance.previouslyApplied": "legal",
  "compliance.relativesEmployed": "legal",
  "compliance.governmentOfficial": "legal",
  "salary.expected": "salary",
  "salary.currency": "salary",
  "salary.period": "salary",
  startDate: "preference",
  noticePeriod: "preference",
  relocation: "preference",
  onsite: "preference",
  travel: "preference",
  otherOffers: "preference",
  referralSource: "preference",
  "eeo.gender": "demographic",
  "eeo.race": "demographic",
  "eeo.hispanic": "demographic",
  "eeo.veteran": "demographic",
  "eeo.disability": "demographic",
  "eeo.orientation": "demographic",
  "eeo.other": "demographic",
  "consent.privacy": "consent",
  "consent.marketing": "consent",
  "consent.other": "consent",
  "attestation.truth": "attestation",
  "attestation.other": "attestation",
  "account.username": "never",
  "account.password": "never",
  search: "never",
  "payment.other": "never",
  honeypot: "never",
  captcha: "never",
  question: "freeText",
  unknown: "freeText",
} as const satisfies Record<Meaning, PolicyClass>;

type MeaningsOf<Class extends PolicyClass> = {
  [M in Meaning]: (typeof policyClasses)[M] extends Class ? M : never;
}[Meaning];

/** What a stored fact may answer. No rule can be written for the others: it would not compile. */
export type AnswerableMeaning = Exclude<Meaning, MeaningsOf<"attestation" | "never">>;
