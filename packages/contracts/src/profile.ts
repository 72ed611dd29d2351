import { z } from "zod";

const Country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code such as US");
const Text = z.string().min(1);

const JsonResumeBasics = z.looseObject({
  name: Text.optional(),
  email: z.email().optional(),
  phone: Text.optional(),
  url: z.url().optional(),
  summary: Text.optional(),
  location: z
    .looseObject({
      address: Text.optional(),
      postalCode: Text.optional(),
      city: Text.optional(),
      countryCode: Country.optional(),
      region: Text.optional(),
    })
    .optional(),
  profiles: z
    .array(
      z.looseObject({
        network: Text.optional(),
        username: Text.optional(),
        url: z.url().optional(),
      }),
    )
    .optional(),
});

const WorkAuthorization = z.object({
  country: Country,
  authorized: z.boolean().optional(),
  sponsorshipRequired: z.boolean().optional(),
  status: Text.optional(),
});

/** The person's own answer to a question; with a scope for that company alone. */
export const SavedAnswer = z.object({
  question: Text,
  answer: z.union([Text, z.array(Text)]),
  scope: Text.optional(),
  /** When the person last said so. */
  confirmedAt: z.iso.datetime().optional(),
});
export type SavedAnswer = z.infer<typeof SavedAnswer>;

/** The answer bank of one person holds no more. */
export const maxSavedAnswers = 1000;

const Plain = z.string().optional();
const Highlights = z.array(z.string()).optional();

const JsonResumeWork = z.looseObject({
  name: Plain,
  position: Plain,
  location: Plain,
  startDate: Plain,
  endDate: Plain,
  summary: Plain,
  highlights: Highlights,
});

const JsonResumeEducation = z.looseObject({
  institution: Plain,
  studyType: Plain,
  area: Plain,
  startDate: Plain,
  endDate: Plain,
  score: Plain,
  courses: Highlights,
});

const JsonResumeSkill = z.looseObject({ name: Plain, level: Plain, keywords: Highlights });
const JsonResumeLanguage = z.looseObject({ language: Plain, fluency: Plain });
const JsonResumeProject = z.looseObject({
  name: Plain,
  description: Plain,
  startDate: Plain,
  endDate: Plain,
  highlights: Highlights,
  keywords: Highlights,
});

/** Lists of the profile that may be said to be complete. */
export const CompleteList = z.enum(["skills", "work", "education", "languages", "projects"]);
export type CompleteList = z.infer<typeof CompleteList>;

/** Facts an application form asks for that a résumé does not hold. Absent means unknown. */
export const ApplicationFacts = z.object({
  name: z.object({ first: Text, last: Text, preferred: Text }).partial().optional(),
  pronouns: Text.optional(),
  birthdate: z.iso.date().optional(),
  citizenships: z.array(Country).optional(),
  workAuthorization: z.array(WorkAuthorization).optional(),
  over18: z.boolean().optional(),
  yearsOfExperience: z.number().min(0).max(80).optional(),
  startDate: Text.optional(),
  noticePeriod: Text.optional(),
  salary: z
    .object({ expected: z.number().positive(), currency: Text, period: Text })
    .partial()
    .optional(),
  relocation: z
    .object({ willing: z.boolean(), locations: z.array(Text) })
    .partial()
    .optional(),
  onsite: z.boolean().optional(),
  travel: z.union([z.boolean(), Text]).optional(),
  referralSource: Text.optional(),
  nonCompete: z.boolean().optional(),
  otherOffers: z.boolean().optional(),
  clearance: z.union([z.boolean(), Text]).optional(),
  previouslyEmployed: z.union([z.boolean(), z.array(Text)]).optional(),
  previouslyApplied: z.union([z.boolean(), z.array(Text)]).optional(),
  relativesEmployed: z.boolean().optional(),
  governmentOfficial: z.boolean().optional(),
  /** Each a value in the person's words, or "decline"; `default: "decline"` stands for all that are not there. */
  demographics: z.record(z.string(), Text).optional(),
  consents: z.record(z.string(), z.boolean()).optional(),
  savedAnswers: z.array(SavedAnswer).optional(),
  /**
   * The lists of which the person says that nothing is missing: what is not on them is not so. An empty
   * array says that no list is complete, and nothing is then concluded from what they lack.
   */
  completeLists: z.array(CompleteList).optional(),
});
export type ApplicationFacts = z.infer<typeof ApplicationFacts>;

/** JSON Resume plus `application`. Everything is optional: unknown is asked, never assumed. */
export const Profile = z
  .looseObject({
    basics: JsonResumeBasics.optional(),
    work: z.array(JsonResumeWork).optional(),
    education: z.array(JsonResumeEducation).optional(),
    skills: z.array(JsonResumeSkill).optional(),
    languages: z.array(JsonResumeLanguage).optional(),
    projects: z.array(JsonResumeProject).optional(),
    interests: z.array(z.looseObject({ name: Plain, keywords: Highlights })).optional(),
    application: ApplicationFacts.optional(),
  })
  .meta({ id: "Profile" });
export type Profile = z.infer<typeof Profile>;
