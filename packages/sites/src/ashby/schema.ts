import { z } from "zod";
import type {
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaInTraffic,
} from "../schema/published-schema.ts";
import { wordsOfMarkup } from "../schema/words-of-markup.ts";

const Entry = z.object({
  isRequired: z.boolean().nullish(),
  isHidden: z.boolean().nullish(),
  descriptionHtml: z.string().nullish(),
  field: z.object({
    path: z.string(),
    title: z.string(),
    type: z.string(),
    selectableValues: z.array(z.object({ label: z.string() })).nullish(),
  }),
});
type Entry = z.infer<typeof Entry>;

const Form = z.object({ sections: z.array(z.object({ fieldEntries: z.array(Entry) })) });
const Answer = z.object({
  data: z.object({
    jobPosting: z.object({ applicationForm: Form, surveyForms: z.array(Form).nullish() }),
  }),
});

/** The page draws itself from one answer; the interface it asks is not for others to call. */
export const ashbySchema: SchemaInTraffic = { from: "traffic", isSchema, readSchema };

function isSchema({ hostname, pathname, searchParams }: URL): boolean {
  const isInterface = hostname.toLowerCase() === "jobs.ashbyhq.com" && pathname.startsWith("/api/");
  return isInterface && searchParams.get("op") === "ApiJobPosting";
}

function readSchema(document: unknown): PublishedSchema | undefined {
  const posting = Answer.safeParse(document).data?.data.jobPosting;
  if (posting === undefined) return undefined;
  const surveys = (posting.surveyForms ?? []).flatMap((form) => fieldsOf(form));
  return {
    fields: [
      ...fieldsOf(posting.applicationForm),
      ...surveys.map((field) => ({ ...field, mayBeAbsent: true as const })),
    ],
  };
}

function fieldsOf({ sections }: z.infer<typeof Form>): PublishedField[] {
  const entries = sections.flatMap(({ fieldEntries }) => fieldEntries);
  return entries.filter(({ isHidden }) => isHidden !== true).map((entry) => publishedField(entry));
}

function publishedField({ isRequired, descriptionHtml, field }: Entry): PublishedField {
  const words = wordsOfMarkup(descriptionHtml ?? "");
  return {
    name: field.path,
    label: field.title,
    ...(words === "" ? {} : { description: words }),
    kind: kinds[field.type] ?? "other",
    required: isRequired === true,
    // A consent has one value that the page shows no words for.
    options: field.type.endsWith("Select")
      ? (field.selectableValues ?? []).map(({ label }) => label)
      : [],
  };
}

const kinds: Readonly<Record<string, PublishedKind>> = {
  String: "text",
  Email: "text",
  Phone: "text",
  Location: "text",
  LongText: "long_text",
  Number: "number",
  Date: "date",
  Boolean: "yes_no",
  ValueSelect: "choice",
  MultiValueSelect: "choices",
  File: "file",
};
