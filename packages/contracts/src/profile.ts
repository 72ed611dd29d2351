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

const SavedAnswer = z.object({
  question: Text,
  answer: z.union([Text, z.array(Text)]),
  scope: Text.optional(),
  confirmedAt: z.iso.datetime().optional(),
});

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
  /** Each a value in the person's words, or "decline". */
  demographics: z.record(z.string(), Text).optional(),
  consents: z.record(z.string(), z.boolean()).optional(),
  savedAnswers: z.array(SavedAnswer).optional(),
});
export type ApplicationFacts = z.infer<typeof ApplicationFacts>;

/** JSON Resume plus `application`. Everything is optional: unknown is asked, never assumed. */
export const Profile = z
  .looseObject({
    basics: JsonResumeBasics.optional(),
    work: z.array(z.looseObject({})).optional(),
    education: z.array(z.looseObject({})).optional(),
    skills: z.array(z.looseObject({})).optional(),
    languages: z.array(z.looseObject({})).optional(),
    projects: z.array(z.looseObject({})).optional(),
    application: ApplicationFacts.optional(),
  })
  .meta({ id: "Profile" });
export type Profile = z.infer<typeof Profile>;
