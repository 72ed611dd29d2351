import type { Profile } from "@valet/contracts";

/** A made-up engineer in Munich with facts on pay, demographics and consents, and none on records or health. */
export const exampleEngineer: Profile = {
  basics: {
    name: "Björk Example",
    email: "bjork@example.com",
    phone: "+49 151 23456789",
    url: "https://bjork.example.com",
    location: {
      address: "Isarweg 7",
      postalCode: "80331",
      city: "München",
      region: "Bayern",
      countryCode: "DE",
    },
    profiles: [
      { network: "LinkedIn", url: "https://www.linkedin.com/in/bjork-example" },
      { network: "GitHub", url: "https://github.com/bjork-example" },
    ],
  },
  work: [
    {
      name: "Alpenwerk GmbH",
      position: "Software Engineer",
      location: "München",
      startDate: "2022-03",
      summary: "Services in Go on Kubernetes for a railway operator.",
    },
    {
      name: "Isar Data AG",
      position: "Junior Developer",
      startDate: "2020-10",
      endDate: "2022-02",
    },
  ],
  education: [
    {
      institution: "Technische Universität München",
      studyType: "MSc",
      area: "Computer Science",
      startDate: "2018-10",
      endDate: "2020-09",
      score: "1.3",
    },
    {
      institution: "Universität Augsburg",
      studyType: "BSc",
      area: "Mathematics",
      startDate: "2015-10",
      endDate: "2018-09",
    },
  ],
  skills: [
    { name: "Go", level: "Expert" },
    { name: "TypeScript", level: "Advanced" },
    { name: "PostgreSQL" },
    { name: "Kubernetes" },
  ],
  languages: [
    { language: "German", fluency: "Native speaker" },
    { language: "English", fluency: "Fluent (C1)" },
    { language: "French", fluency: "Basic (A2)" },
  ],
  application: {
    name: { first: "Björk", last: "Example" },
    birthdate: "1996-02-09",
    citizenships: ["DE"],
    workAuthorization: [
      { country: "DE", authorized: true, sponsorshipRequired: false, status: "citizen" },
      { country: "GB", authorized: false, sponsorshipRequired: true },
      { country: "CH", authorized: true, sponsorshipRequired: false },
      { country: "US", authorized: false, sponsorshipRequired: true },
    ],
    yearsOfExperience: 6,
    startDate: "2027-04-01",
    noticePeriod: "3 months",
    salary: { expected: 85_000, currency: "EUR", period: "year" },
    relocation: { willing: false },
    onsite: true,
    travel: "Up to 25 %",
    referralSource: "LinkedIn",
    nonCompete: false,
    previouslyEmployed: ["Isar Data AG"],
    relativesEmployed: false,
    demographics: { gender: "Female", race: "decline", veteran: "decline", disability: "decline" },
    consents: { privacy: true, marketing: false },
    savedAnswers: [
      { question: "What is your favourite editor?", answer: "Helix" },
      { question: "Do you own a bicycle?", answer: "Yes" },
      { question: "Do you own a bicycle?", answer: "No", scope: "Velo AG" },
    ],
  },
};
