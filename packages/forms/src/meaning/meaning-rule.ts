import type { FieldKind, Meaning } from "@valet/contracts";

/**
 * One row says what a field asks for. A row applies when its conditions (`kinds`, `group`, `not`) hold and
 * its `label` matches the question (prefixes such as "please enter your" are cut off first) or its `key`
 * matches the field's name or id. Order matters: the first row that matches decides. All labels are
 * tried before any key, because sites copy names and ids carelessly.
 */
export interface MeaningRule {
  readonly meaning: Meaning;
  readonly label?: RegExp;
  readonly key?: RegExp;
  readonly kinds?: readonly FieldKind[];
  readonly group?: RegExp;
  /** Must match neither label nor key. */
  readonly not?: RegExp;
}

/** Controls that offer choices. */
export const choiceKinds: readonly FieldKind[] = [
  "select",
  "combobox",
  "radio-group",
  "checkbox",
  "checkbox-group",
  "button-group",
  "listbox",
];

/** Controls that take one line. */
export const lineKinds: readonly FieldKind[] = [
  "text",
  "email",
  "tel",
  "url",
  "number",
  "date",
  "other",
];
