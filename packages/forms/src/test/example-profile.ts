import type { FormField, PlannedField, Profile } from "@valet/contracts";
import { assignMeaning } from "../meaning/assign-meaning.ts";

export const today = "2026-11-02";

/** A made-up applicant with a fact for most questions. */
export const exampleProfile: Profile = {
  basics: {
    name: "Ada Example",
    email: "ada@example.com",
    phone: "+1 415 555 0100",
    url: "https://ada.example.com",
    location: {
      address: "1 Pier Road",
      postalCode: "94607",
      city: "Oakland",
      region: "California",
      countryCode: "US",
    },
    profiles: [
      { network: "GitHub", url: "https://github.com/ada-example" },
      { network: "LinkedIn", url: "https://www.linkedin.com/in/ada-example" },
    ],
  },
  work: [
    { name: "Dockside Ltd", position: "Welder", startDate: "2022-01" },
    { name: "Quay Corp", position: "Apprentice", startDate: "2019-01", endDate: "2021-12" },
  ],
  education: [{ institution: "Harbour College", studyType: "BSc", area: "Naval Architecture" }],
  application: {
    workAuthorization: [
      { country: "CA", authorized: false, sponsorshipRequired: true },
      { country: "US", authorized: true, sponsorshipRequired: false },
    ],
    citizenships: ["US"],
    birthdate: "1990-04-05",
    yearsOfExperience: 6,
    startDate: "2027-01-15",
    salary: { expected: 90_000, currency: "USD", period: "year" },
    relocation: { willing: true },
    referralSource: "LinkedIn",
    nonCompete: false,
    previouslyEmployed: false,
    demographics: { gender: "Male", veteran: "No", disability: "decline" },
    consents: { privacy: true, marketing: false },
    savedAnswers: [
      { question: "Why do you want to build harbours?", answer: "The sea is honest work." },
      { question: "Which tools do you use?", answer: ["Crane", "Sonar"] },
      { question: "Do you own a boat?", answer: "Yes", scope: "Harbour Inc" },
    ],
  },
};

/** What a test says about a field; the rest follows from it. */
export type GivenField = Omit<Partial<FormField>, "options"> & {
  readonly label: string;
  readonly options?: readonly string[];
};

/** A field as the reader would build it, from the little that matters to a test. */
export function exampleField(given: GivenField): FormField {
  const kind = given.kind ?? "text";
  const options = [...(given.options ?? [])];
  const understood = assignMeaning({ kind, label: given.label, options });
  return {
    id: given.label,
    frame: "https://jobs.example.com/apply",
    selector: "#field",
    required: true,
    visible: true,
    ...understood,
    ...given,
    kind,
    options,
  };
}

/** A plan that sets these values and nothing else. */
export function examplePlan(
  values: Readonly<Record<string, PlannedField["value"]>>,
): PlannedField[] {
  return Object.entries(values).map(([id, value]) => ({
    id,
    action: "fill",
    value,
    source: "profile",
    confidence: 1,
    why: "the test wants it",
  }));
}
