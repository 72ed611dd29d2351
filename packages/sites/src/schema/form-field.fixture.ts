import type { FormField } from "@valet/contracts";

/** A field as the form engine reads it; only what a test is about is given. */
export function formField(given: Partial<FormField> & Pick<FormField, "id">): FormField {
  return {
    frame: "https://example.com/apply",
    selector: `[id="${given.id}"]`,
    domId: given.id,
    label: given.id,
    kind: "text",
    meaning: "question",
    confidence: 1,
    required: true,
    options: [],
    visible: true,
    policy: "fill",
    why: "",
    ...given,
  };
}
