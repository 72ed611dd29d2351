import type { Profile } from "@valet/contracts";

/** A made-up student with no fact about pay, health, records or demographics. */
export const exampleStudent: Profile = {
  basics: {
    name: "Ada Example",
    email: "ada@example.com",
    phone: "+31 6 12345678",
    location: { address: "Kade 1", postalCode: "3011 AA", city: "Rotterdam", countryCode: "NL" },
    profiles: [{ network: "GitHub", url: "https://github.com/ada-example" }],
  },
  work: [
    {
      name: "Dockside Ltd",
      position: "Research Intern",
      startDate: "2027-06",
      endDate: "2027-08",
      summary: "Simulated tides in Python.",
    },
  ],
  education: [
    {
      institution: "Harbour University",
      studyType: "BSc",
      area: "Physics",
      startDate: "2025-09",
      endDate: "2028-06",
      score: "3.7/4.0",
      courses: ["Statistics"],
    },
    { institution: "Pier School", studyType: "High school", area: "Science", endDate: "2025-06" },
  ],
  skills: [{ name: "Python" }, { name: "Rust", level: "Advanced" }, { name: "Excel" }],
  languages: [{ language: "Dutch", fluency: "Native speaker" }, { language: "English" }],
  projects: [{ name: "Tide table", description: "A tide table for the harbour, in Rust." }],
  interests: [{ name: "Chess", keywords: ["school team"] }],
  application: {
    name: { first: "Ada", last: "Example" },
    citizenships: ["NL"],
    workAuthorization: [
      { country: "NL", authorized: true, sponsorshipRequired: false, status: "citizen" },
      { country: "US", authorized: false, sponsorshipRequired: true },
    ],
    over18: true,
    yearsOfExperience: 1,
    startDate: "2028-07-03",
    noticePeriod: "1 month",
    relocation: { willing: true, locations: ["Amsterdam", "London"] },
    onsite: true,
    referralSource: "University career fair",
    nonCompete: false,
    otherOffers: false,
    clearance: "None",
    previouslyEmployed: false,
    previouslyApplied: false,
    relativesEmployed: false,
  },
};
