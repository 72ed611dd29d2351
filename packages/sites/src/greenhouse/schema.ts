import { z } from "zod";
import { pathOf } from "../host-label.ts";
import type {
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaAtAddress,
} from "../schema/published-schema.ts";
import { wordsOfMarkup } from "../schema/words-of-markup.ts";
import { isGreenhouseHost } from "./address.ts";

const Question = z.object({
  required: z.boolean().nullable(),
  label: z.string(),
  description: z.string().nullish(),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      values: z.array(z.object({ label: z.coerce.string() })).nullish(),
    }),
  ),
});
type Question = z.infer<typeof Question>;

const Survey = z.object({
  questions: z.array(
    z.object({
      id: z.coerce.string(),
      label: z.string(),
      required: z.boolean().nullable(),
      type: z.string(),
      answer_options: z.array(z.object({ label: z.string() })).nullish(),
    }),
  ),
});

const Job = z.object({
  questions: z.array(Question),
  location_questions: z.array(Question).nullish(),
  compliance: z.array(z.object({ questions: z.array(Question).nullish() })).nullish(),
  demographic_questions: Survey.nullish(),
  data_compliance: z
    .array(
      z.object({
        type: z.string(),
        requires_consent: z.boolean().nullish(),
        requires_processing_consent: z.boolean().nullish(),
        requires_retention_consent: z.boolean().nullish(),
      }),
    )
    .nullish(),
  education: z.string().nullish(),
});
type Job = z.infer<typeof Job>;

/** The job board interface; boards of the European system are published there too. */
export const greenhouseSchema: SchemaAtAddress = { from: "address", schemaUrl, readSchema };

function schemaUrl(address: URL): URL | undefined {
  if (!isGreenhouseHost(address)) return undefined;
  const [first, second, third] = pathOf(address);
  const query = address.searchParams;
  const [board, job] =
    first === "embed"
      ? [query.get("for"), query.get("token") ?? query.get("gh_jid")]
      : [first, second === "jobs" ? third : query.get("gh_jid")];
  if (!/^[\w-]+$/u.test(board ?? "") || !/^\d{1,20}$/u.test(job ?? "")) return undefined;
  const path = `v1/boards/${board}/jobs/${job}?questions=true`;
  return new URL(path, "https://boards-api.greenhouse.io");
}

function readSchema(document: unknown): PublishedSchema | undefined {
  const { data: job } = Job.safeParse(document);
  if (job === undefined) return undefined;
  const asked = [...job.questions, ...(job.location_questions ?? [])];
  const voluntary = (job.compliance ?? []).flatMap(({ questions }) => questions ?? []);
  return {
    fields: [
      ...asked.flatMap((question) => publishedField(question)),
      ...voluntary.flatMap((question) =>
        publishedField(question).map((field) => ({ ...field, mayBeAbsent: true as const })),
      ),
      ...demographicFields(job),
      ...consentFields(job),
      ...historyFields(job),
      dialCode,
    ],
  };
}

/** The fields of one question take the same answer: a file or its text, a place or its coordinates. */
function publishedField({ required, label, description, fields }: Question): PublishedField[] {
  const shown = fields.filter(({ type }) => type !== "input_hidden");
  const [first, ...others] = shown;
  if (first === undefined) return [];
  const words = wordsOfMarkup(description ?? "");
  const alternatives = [...others.map(({ name }) => name), ...pageNamesOf(first.name)];
  return [
    {
      name: first.name,
      label,
      ...(words === "" ? {} : { description: words }),
      kind: kindOf(first),
      required: required === true,
      options: (first.values ?? []).map((value) => value.label),
      ...(alternatives.length === 0 ? {} : { alternatives }),
    },
  ];
}

/** The place is searched for in a control of another name. */
function pageNamesOf(name: string): readonly string[] {
  return name === "location" ? ["candidate-location"] : [];
}

const kinds: Readonly<Record<string, PublishedKind>> = {
  input_text: "text",
  textarea: "long_text",
  input_file: "file",
  multi_value_single_select: "choice",
  multi_value_multi_select: "choices",
};

function kindOf({ type, values }: Question["fields"][number]): PublishedKind {
  const options = (values ?? []).map(({ label }) => label.toLowerCase()).toSorted();
  if (type === "multi_value_single_select" && options.join() === "no,yes") return "yes_no";
  return kinds[type] ?? "other";
}

/** A survey of the employer's own, whose questions have bare numbers for names. */
function demographicFields({ demographic_questions: survey }: Job): PublishedField[] {
  return (survey?.questions ?? []).map(
    ({ id, label, required, type, answer_options: options }) => ({
      name: id,
      label,
      kind: kinds[type] ?? "other",
      required: required === true,
      options: (options ?? []).map((option) => option.label),
      mayBeAbsent: true,
    }),
  );
}

/** Consents are published as flags; their words stand on the page alone, and it shows them where they apply. */
function consentFields({ data_compliance: rules }: Job): PublishedField[] {
  const flags = (rules ?? []).flatMap((rule) => [
    { isAsked: rule.requires_consent, name: "gdpr_consent_given" },
    { isAsked: rule.requires_processing_consent, name: "gdpr_processing_consent_given" },
    { isAsked: rule.requires_retention_consent, name: "gdpr_retention_consent_given" },
  ]);
  return flags.flatMap(({ isAsked, name }) => (isAsked === true ? [drawn(name, "other")] : []));
}

/** Whether schools are asked for is one word, and what is asked of each is the same everywhere. */
function historyFields({ education }: Job): PublishedField[] {
  const schools = [
    "school",
    "degree",
    "discipline",
    "start-month",
    "start-year",
    "end-month",
    "end-year",
  ];
  const jobs = [
    "company-name",
    "title",
    "start-date-month",
    "start-date-year",
    "end-date-month",
    "end-date-year",
  ];
  return [...(education === undefined || education === null ? [] : schools), ...jobs].map((name) =>
    drawn(name, "text"),
  );
}

/** The country beside the telephone number belongs to it and is never published. */
const dialCode = drawn("country", "choice");

/** A control that the page draws without its being published as a question. */
function drawn(name: string, kind: PublishedKind): PublishedField {
  return { name, label: "", kind, required: false, options: [], mayBeAbsent: true };
}
