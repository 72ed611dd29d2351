import type { FieldKind, Meaning } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { assignMeaning } from "./assign-meaning.ts";

function meaningOf(label: string, kind: FieldKind = "text"): Meaning {
  return assignMeaning({ label, kind, options: [] }).meaning;
}

const labels: [label: string, meaning: Meaning, kind?: FieldKind][] = [
  ["First Name", "name.first"],
  ["Please enter your Legal Name", "name.full"],
  ["Name", "name.full"],
  ["What name do you go by?", "name.preferred"],
  ["Family name", "name.last"],
  ["E-mail address", "email"],
  ["Confirm your email", "email.confirm"],
  ["What is your email address?", "email"],
  ["Mobile phone number", "phone", "tel"],
  ["Mobile number including country code", "phone", "tel"],
  ["Phone (incl. area code)", "phone"],
  ["Country code and phone number", "phone"],
  ["Card expiration date", "payment.other"],
  ["Work permit expiration date", "question"],
  ["Licence valid until", "unknown"],
  ["I have a preferred name", "question", "checkbox"],
  ["What should we call you?", "name.preferred"],
  ["Country Phone Code", "phone.countryCode", "combobox"],
  ["Phone device type", "question", "select"],
  ["Emergency contact phone number", "question", "tel"],
  ["Hiring manager's email", "question", "email"],
  ["What is your current country of residence?", "address.country", "combobox"],
  ["Zip code", "address.postalCode"],
  ["Location (City)", "location", "combobox"],
  ["LinkedIn URL", "url.linkedin"],
  ["Resume/CV", "resume", "file"],
  ["Cover letter", "coverLetter", "file"],
  ["Describe a project that is not in your CV", "question", "textarea"],
  ["Are you legally authorized to work in the United States?", "workAuth.authorized", "select"],
  ["Will you now or in the future require sponsorship?", "workAuth.sponsorship", "select"],
  ["Can you work in Canada without visa sponsorship?", "workAuth.sponsorship", "select"],
  [
    "Are you eligible to work in Canada without the need for sponsorship?",
    "workAuth.authorized",
    "select",
  ],
  ["Are you at least 18 years of age?", "compliance.over18", "radio-group"],
  ["Have you previously worked at Harbour Inc?", "compliance.previouslyEmployed", "radio-group"],
  ["Are you bound by a non-compete agreement?", "compliance.nonCompete", "radio-group"],
  ["Salary expectations", "salary.expected"],
  ["What are your salary expectations?", "salary.expected"],
  ["What is your current salary?", "question"],
  ["How did you hear about this job?", "referralSource", "select"],
  ["Gender", "eeo.gender", "select"],
  ["Are you Hispanic/Latino?", "eeo.hispanic", "select"],
  ["Veteran Status", "eeo.veteran", "select"],
  ["I certify that my answers are true and complete", "attestation.truth", "checkbox"],
  ["I have read the privacy policy", "consent.privacy", "checkbox"],
  ["Contact me about future job opportunities", "consent.marketing", "checkbox"],
  ["How many years of experience do you have?", "work.yearsOfExperience", "number"],
  ["How many years of experience do you have with Rust?", "question", "number"],
  ["Are you currently located in Canada?", "question", "combobox"],
  ["Do you need any disability accommodation for the interview?", "question", "textarea"],
];

describe("a label says what a field asks for", () => {
  test.each(labels)("%s → %s", (label, meaning, kind) => {
    expect(meaningOf(label, kind)).toBe(meaning);
  });
});

test("the site's own autocomplete mark decides over a bare label, not over a legal question", () => {
  const bare = {
    label: "Your details",
    kind: "text",
    options: [],
    autocomplete: "family-name",
  } as const;
  expect(assignMeaning(bare).meaning).toBe("name.last");
  const legal = { ...bare, label: "Gender", autocomplete: "given-name" };
  expect(assignMeaning(legal).meaning).toBe("eeo.gender");
});

test("a name or id counts only where the label says nothing", () => {
  const facts = { kind: "text", options: [], name: "candidate[firstName]" } as const;
  expect(assignMeaning({ ...facts, label: "" }).meaning).toBe("name.first");
  expect(assignMeaning({ ...facts, label: "Last name" }).meaning).toBe("name.last");
});

test("a country list inside the phone group is the calling code", () => {
  const facts = { kind: "combobox", options: [], label: "Country" } as const;
  expect(assignMeaning({ ...facts, group: "Phone" }).meaning).toBe("phone.countryCode");
  expect(assignMeaning({ ...facts, group: "Address" }).meaning).toBe("address.country");
  const german = { ...facts, label: "Land" };
  expect(assignMeaning({ ...german, group: "Telefon" }).meaning).toBe("phone.countryCode");
  expect(assignMeaning({ ...german, group: "Anschrift" }).meaning).toBe("address.country");
});

test("policies keep traps empty and leave legal answers to facts or the person", () => {
  const policyOf = (label: string, kind: FieldKind = "text"): string =>
    assignMeaning({ label, kind, options: [] }).policy;
  expect(policyOf("Password", "password")).toBe("never");
  expect(policyOf("Card number")).toBe("never");
  expect(policyOf("Search")).toBe("never");
  expect(policyOf("Expected salary")).toBe("ask");
  expect(policyOf("Do you require visa sponsorship?", "select")).toBe("ask");
  expect(policyOf("First name")).toBe("fill");
  const trap = assignMeaning({ label: "Website", kind: "text", options: [], trap: "it is a trap" });
  expect(trap).toMatchObject({ meaning: "honeypot", policy: "never" });
});
