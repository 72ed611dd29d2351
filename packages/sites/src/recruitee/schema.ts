import { z } from "zod";
import { pathOf } from "../host-label.ts";
import { drawnField } from "../schema/drawn-field.ts";
import type {
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaAtAddress,
} from "../schema/published-schema.ts";
import { wordsOfMarkup } from "../schema/words-of-markup.ts";
import { recruiteeAddress } from "./address.ts";

const Offer = z.object({
  offer: z.object({
    options_phone: z.string().nullish(),
    options_cv: z.string().nullish(),
    options_cover_letter: z.string().nullish(),
    options_photo: z.string().nullish(),
    open_questions: z.array(
      z.object({
        kind: z.string(),
        body: z.string(),
        required: z.boolean().nullish(),
        open_question_options: z.array(z.object({ body: z.string() })).nullish(),
      }),
    ),
  }),
});
type Question = z.infer<typeof Offer>["offer"]["open_questions"][number];

/** The careers site interface, which takes the job's name in the address as well as its number. */
export const recruiteeSchema: SchemaAtAddress = { from: "address", schemaUrl, readSchema };

function schemaUrl(address: URL): URL | undefined {
  if (recruiteeAddress(address) === undefined) return undefined;
  const path = pathOf(address);
  const job = encodeURIComponent(path[path.indexOf("o") + 1] ?? "");
  return new URL(`/api/offers/${job}`, address.origin);
}

function readSchema(document: unknown): PublishedSchema | undefined {
  const offer = Offer.safeParse(document).data?.offer;
  if (offer === undefined) return undefined;
  return {
    fields: [
      fixedField("name", "required"),
      fixedField("email", "required"),
      fixedField("phone", offer.options_phone),
      fixedField("cv", offer.options_cv),
      fixedField("coverLetter", offer.options_cover_letter),
      fixedField("photo", offer.options_photo),
      ...offer.open_questions
        // Words between the questions, which nobody answers.
        .filter(({ kind }) => kind !== "infobox")
        .map((question) => publishedField(question)),
      drawnField("candidate.consent", { meanings: ["consent.privacy"] }),
    ],
  };
}

function fixedField(name: string, state: string | null | undefined): PublishedField {
  const isFile = name === "cv" || name === "photo";
  return {
    name: `candidate.${name}`,
    label: "",
    kind: isFile ? "file" : "text",
    required: state === "required",
    options: [],
  };
}

/** The numbers in the page's names are not those of the published questions: their words tell. */
function publishedField({ kind, body, required, open_question_options: options }: Question) {
  return {
    name: "",
    label: wordsOfMarkup(body),
    kind: kinds[kind] ?? "other",
    required: required === true,
    options: (options ?? []).map((option) => option.body),
  } satisfies PublishedField;
}

const kinds: Readonly<Record<string, PublishedKind>> = {
  string: "text",
  text: "long_text",
  boolean: "yes_no",
  single_choice: "choice",
  multi_choice: "choices",
  file: "file",
};
