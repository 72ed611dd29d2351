import type { FieldKind, Meaning } from "@valet/contracts";

const line: readonly FieldKind[] = ["text"];
const lineOrList: readonly FieldKind[] = ["text", "combobox"];
const choice: readonly FieldKind[] = ["text", "combobox", "select", "listbox", "radio-group"];
const day: readonly FieldKind[] = ["text", "date"];

/**
 * What somebody who may be wrong, or mean harm, may say that a field asks for, and the controls that can
 * ask for it. A meaning that is not here is never taken from them: what is legal, pay, consent, attestation,
 * demographic or of accounts; what is answered with yes or no, since every question takes that; the
 * country, since a list of countries asks for citizenship just as well; and the day of birth.
 */
export const suggestibleMeanings: Partial<Record<Meaning, readonly FieldKind[]>> = {
  "name.first": line,
  "name.middle": line,
  "name.last": line,
  "name.full": line,
  "name.preferred": line,
  email: ["text", "email"],
  "email.confirm": ["text", "email"],
  phone: ["text", "tel", "number"],
  "phone.countryCode": ["text", "tel"],
  "address.line1": ["text", "textarea"],
  "address.line2": line,
  "address.city": lineOrList,
  "address.region": lineOrList,
  "address.postalCode": ["text", "tel", "number"],
  location: lineOrList,
  "url.linkedin": ["text", "url"],
  "url.github": ["text", "url"],
  "url.twitter": ["text", "url"],
  "url.portfolio": ["text", "url"],
  "url.other": ["text", "url"],
  "work.company": lineOrList,
  "work.currentCompany": lineOrList,
  "work.title": lineOrList,
  "work.currentTitle": lineOrList,
  "work.location": lineOrList,
  "work.startDate": day,
  "work.endDate": day,
  "work.summary": ["textarea"],
  "work.yearsOfExperience": ["text", "number"],
  "education.school": choice,
  "education.degree": choice,
  "education.discipline": choice,
  "education.startDate": day,
  "education.endDate": day,
  "education.grade": ["text", "number"],
  startDate: day,
  noticePeriod: line,
  referralSource: choice,
};
