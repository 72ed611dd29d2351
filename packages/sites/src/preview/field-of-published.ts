import type { FieldKind, FormField } from "@valet/contracts";
import { assignMeaning } from "@valet/forms";
import type { PublishedField, PublishedKind } from "../schema/published-schema.ts";

const kinds: Readonly<Record<PublishedKind, FieldKind>> = {
  text: "text",
  long_text: "textarea",
  choice: "select",
  choices: "checkbox-group",
  yes_no: "radio-group",
  file: "file",
  date: "date",
  number: "number",
  other: "other",
};

/**
 * A published question as the form engine will meet it on the page, so that the same rules say what would
 * be answered. Undefined for what a site draws without a word of its own.
 */
export function fieldOfPublished(
  { name, label, kind, required, options }: PublishedField,
  index: number,
): FormField | undefined {
  if (label.trim() === "") return undefined;
  const choices = kind === "yes_no" && options.length === 0 ? ["Yes", "No"] : [...options];
  const { meaning, confidence, policy, why } = assignMeaning({
    kind: kinds[kind],
    label,
    name,
    options: choices,
  });
  return {
    id: `published-${index + 1}`,
    frame: "",
    selector: "",
    ...(name === "" ? {} : { name }),
    label,
    kind: kinds[kind],
    meaning,
    confidence,
    required,
    options: choices,
    visible: true,
    policy,
    why,
  };
}
