import { z } from "zod";
import { drawnField } from "../schema/drawn-field.ts";
import type {
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaInElements,
} from "../schema/published-schema.ts";
import { wordsOfMarkup } from "../schema/words-of-markup.ts";

const Card = z.object({
  fields: z.array(
    z.object({
      type: z.string(),
      text: z.string(),
      description: z.string().nullish(),
      required: z.boolean().nullish(),
      options: z.array(z.object({ text: z.string() })).nullish(),
    }),
  ),
});
type CardField = z.infer<typeof Card>["fields"][number];

/** Each card of questions carries what it was drawn from; the fields around the cards are published nowhere. */
export const leverSchema: SchemaInElements = {
  from: "elements",
  selector: 'input[type=hidden][name^="cards["][name$="[baseTemplate]"]',
  readSchema,
};

function readSchema(documents: readonly unknown[]): PublishedSchema | undefined {
  const cards = documents.map((document) => Card.safeParse(document).data);
  const known = cards.flatMap((card) => card ?? []);
  // A card that is not understood is one whose questions would seem unpublished.
  if (known.length < cards.length) return undefined;
  const asked = known.flatMap(({ fields }) => fields.map((field) => publishedField(field)));
  return { fields: [...asked, ...around.map((name) => drawnField(name))] };
}

/** The card's number, which the control is named after, is not in it: its words tell. */
function publishedField({ text, type, description, required, options }: CardField): PublishedField {
  const words = wordsOfMarkup(description ?? "");
  return {
    name: "",
    label: text,
    ...(words === "" ? {} : { description: words }),
    kind: kinds[type] ?? "other",
    required: required === true,
    options: (options ?? []).map((option) => option.text),
  };
}

const kinds: Readonly<Record<string, PublishedKind>> = {
  text: "text",
  textarea: "long_text",
  dropdown: "choice",
  "multiple-choice": "choice",
  "multiple-select": "choices",
  "file-upload": "file",
};

const around = [
  "resume",
  "resume-upload-input",
  "name",
  "email",
  "phone",
  "location",
  "org",
  "pronouns",
  "comments",
  "opportunityLocationId",
  "urls[LinkedIn]",
  "urls[GitHub]",
  "urls[Portfolio]",
  "urls[Twitter]",
  "urls[Other]",
  "consent[marketing]",
  "consent[store]",
  "eeo[gender]",
  "eeo[race]",
  "eeo[veteran]",
  "eeo[disability]",
  "eeo[disabilitySignature]",
  "eeo[disabilitySignatureDate]",
];
