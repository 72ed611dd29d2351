import { z } from "zod";
import type {
  PublishedField,
  PublishedSchema,
  SchemaInTraffic,
} from "../schema/published-schema.ts";

const Part = z.object({ required: z.boolean().nullish(), visible: z.boolean().nullish() });

const Config = z.object({
  fieldSets: z.object({
    firstAndLastName: Part,
    email: Part,
    placeOfResidence: Part.nullish(),
    phoneNumber: Part.nullish(),
    resume: Part.nullish(),
    messageToHiringManager: Part.nullish(),
    socialProfiles: z
      .object({
        linkedIn: Part.nullish(),
        website: Part.nullish(),
        facebook: Part.nullish(),
        x: Part.nullish(),
      })
      .nullish(),
  }),
});
type Part = z.infer<typeof Part>;

/**
 * What the form's own page asks for before it draws itself. It tells the parts of the first page and no
 * words; the employer's questions come on later pages and are published nowhere.
 */
export const smartrecruitersSchema: SchemaInTraffic = { from: "traffic", isSchema, readSchema };

function isSchema({ hostname, pathname }: URL): boolean {
  return (
    hostname.toLowerCase() === "jobs.smartrecruiters.com" &&
    /^\/oneclick-ui\/api\/company\/[^/]+\/publication\/[^/]+\/config$/u.test(pathname)
  );
}

function readSchema(document: unknown): PublishedSchema | undefined {
  const sets = Config.safeParse(document).data?.fieldSets;
  if (sets === undefined) return undefined;
  const { linkedIn, website, facebook, x } = sets.socialProfiles ?? {};
  const fields = [
    drawn(sets.firstAndLastName, { name: "first-name-input", meanings: ["name.first"] }),
    drawn(sets.firstAndLastName, { name: "last-name-input", meanings: ["name.last"] }),
    drawn(sets.email, { name: "email-input", meanings: ["email"] }),
    drawn(sets.email, { name: "confirm-email-input", meanings: ["email.confirm"] }),
    drawn(sets.placeOfResidence, {
      name: "city-input",
      meanings: ["address.city", "location"],
    }),
    drawn(sets.phoneNumber, { name: "phone-input", meanings: ["phone"] }),
    drawn(sets.resume, { name: "resume-input", kind: "file", meanings: ["resume"] }),
    drawn(linkedIn, { name: "linkedin-input", meanings: ["url.linkedin"] }),
    drawn(website, { name: "website-input", meanings: ["url.portfolio"] }),
    drawn(facebook, { name: "facebook-input" }),
    drawn(x, { name: "twitter-input" }),
    drawn(sets.messageToHiringManager, {
      name: "hiring-manager-message-input",
      kind: "long_text",
      meanings: ["coverLetter"],
    }),
  ];
  return { fields: fields.flat(), isFirstPageOnly: true };
}

function drawn(
  part: Part | null | undefined,
  field: Pick<PublishedField, "name" | "meanings"> & Partial<Pick<PublishedField, "kind">>,
): PublishedField[] {
  if (part === null || part === undefined || part.visible === false) return [];
  return [{ label: "", kind: "text", required: part.required === true, options: [], ...field }];
}
