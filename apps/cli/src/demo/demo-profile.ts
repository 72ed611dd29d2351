import type { Profile } from "@valet/contracts";

/** An invented applicant who can answer everything the practice sites ask. */
export const demoProfile: Profile = {
  basics: {
    name: "Ada Example",
    email: "ada@example.com",
    phone: "+1 303 555 0142",
    summary: "Software engineer who likes small, well-tested systems.",
    location: { city: "Denver", region: "Colorado", countryCode: "US" },
    profiles: [{ network: "LinkedIn", url: "https://www.linkedin.com/in/ada-example" }],
  },
  work: [{ name: "Example Instruments", position: "Software Engineer", startDate: "2018-03" }],
  education: [{ institution: "Example University", area: "Computer Science", studyType: "BSc" }],
  application: {
    name: { first: "Ada", last: "Example", preferred: "Ada" },
    workAuthorization: [{ country: "US", authorized: true, sponsorshipRequired: false }],
    yearsOfExperience: 8,
    referralSource: "Company website",
    consents: { privacy: true },
  },
};
