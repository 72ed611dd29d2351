import { z } from "zod";
import { drawnField } from "../schema/drawn-field.ts";
import type {
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaAtAddress,
} from "../schema/published-schema.ts";
import { bambooHrAddress } from "./address.ts";

const Fixed = z.object({
  isRequired: z.boolean().nullish(),
  label: z.string().nullish(),
  options: z.array(z.unknown()).nullish(),
});

const Detail = z.object({
  result: z.object({
    formFields: z
      .object({
        customQuestions: z
          .array(
            z.object({
              id: z.coerce.string(),
              isRequired: z.boolean().nullish(),
              question: z.string(),
              type: z.string(),
              options: z.array(z.object({ option: z.string() })).nullish(),
            }),
          )
          .nullish(),
      })
      .catchall(z.unknown()),
  }),
});
type Question = NonNullable<
  z.infer<typeof Detail>["result"]["formFields"]["customQuestions"]
>[number];

/** The posting's own address with `/detail` behind it. */
export const bamboohrSchema: SchemaAtAddress = { from: "address", schemaUrl, readSchema };

function schemaUrl(address: URL): URL | undefined {
  const id = bambooHrAddress(address)?.jobKey.split("/").at(-1);
  return id === undefined ? undefined : new URL(`/careers/${id}/detail`, address.origin);
}

function readSchema(document: unknown): PublishedSchema | undefined {
  const fields = Detail.safeParse(document).data?.result.formFields;
  if (fields === undefined) return undefined;
  const { customQuestions, ...fixed } = fields;
  return {
    fields: [
      ...Object.entries(fixed).flatMap(([name, field]) => fixedField(name, field)),
      ...(customQuestions ?? []).map((question) => customField(question)),
      drawnField("consent", { meanings: ["consent.privacy"] }),
    ],
  };
}

/** What every employer may ask; a list that is empty is one that is not asked. */
function fixedField(name: string, field: unknown): PublishedField[] {
  const { data } = Fixed.safeParse(field);
  const isList = data?.options !== null && data?.options !== undefined;
  if (data === undefined || (isList && data.options?.length === 0)) return [];
  const bare = name.replace(/(?:File)?Id$/u, "");
  return [
    {
      name,
      label: data.label ?? "",
      kind: name.endsWith("FileId") ? "file" : isList ? "choice" : "text",
      required: data.isRequired === true,
      options: [],
      ...(bare === name ? {} : { alternatives: [bare] }),
      ...(voluntary.has(bare) ? { mayBeAbsent: true as const } : {}),
    },
  ];
}

const voluntary = new Set(["gender", "ethnicity", "veteranStatus", "disability"]);

function customField({ id, question, type, isRequired, options }: Question): PublishedField {
  return {
    name: id,
    label: question,
    kind: kinds[type] ?? "other",
    required: isRequired === true,
    options: (options ?? []).map(({ option }) => option),
  };
}

const kinds: Readonly<Record<string, PublishedKind>> = {
  short: "text",
  long: "long_text",
  yes_no: "yes_no",
  checkbox: "choices",
  multi: "choice",
};
