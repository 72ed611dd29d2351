import { z } from "zod";
import { Meaning } from "./meaning.ts";

export const FieldKind = z.enum([
  "text",
  "textarea",
  "email",
  "tel",
  "url",
  "number",
  "date",
  "select",
  "combobox",
  "radio-group",
  "checkbox",
  "checkbox-group",
  "file",
  "password",
  "button-group",
  "listbox",
  "other",
]);
export type FieldKind = z.infer<typeof FieldKind>;

/** A CSS selector unique within its frame; inside shadow roots one entry per root, outside in. */
const Selector = z.union([z.string(), z.array(z.string())]);

/** One control, or one group of radios or checkboxes, as a person sees it. */
export const FormField = z.object({
  /** Stable for the same layout across reads. */
  id: z.string(),
  /** URL origin and path of the frame the field is in. */
  frame: z.string(),
  selector: Selector,
  domId: z.string().optional(),
  name: z.string().optional(),
  label: z.string(),
  kind: FieldKind,
  meaning: Meaning,
  /** 0 to 1: how sure the meaning is. */
  confidence: z.number().min(0).max(1),
  required: z.boolean(),
  /** Visible option texts; empty where the list is loaded later or there is none. */
  options: z.array(z.string()),
  /** Of a date that takes a month (`2018-03`) and no day. */
  precision: z.literal("month").optional(),
  visible: z.boolean(),
  policy: z.enum(["fill", "ask", "never"]),
  why: z.string(),
});
export type FormField = z.infer<typeof FormField>;

/** Text, several option texts, or whether a single checkbox is ticked. */
export const FieldValue = z.union([z.string(), z.array(z.string()), z.boolean()]);
export type FieldValue = z.infer<typeof FieldValue>;

/** Where a value comes from. Nothing is filled without one. */
export const ValueSource = z.enum(["profile", "resume", "savedAnswer", "person", "site"]);
export type ValueSource = z.infer<typeof ValueSource>;

export const PlannedField = z.object({
  id: z.string(),
  action: z.enum(["fill", "ask", "skip"]),
  value: FieldValue.nullable(),
  source: ValueSource.nullable(),
  /** JSON pointer or answer id inside the source. */
  sourceRef: z.string().optional(),
  confidence: z.number().min(0).max(1),
  why: z.string(),
});
export type PlannedField = z.infer<typeof PlannedField>;

/** What the page holds after filling, read from the DOM and not from what was meant to be typed. */
export const SnapshotField = z.object({
  id: z.string(),
  label: z.string(),
  kind: FieldKind,
  meaning: Meaning,
  required: z.boolean(),
  visible: z.boolean(),
  value: FieldValue.nullable(),
  /** What it can be set to, where the page shows all of it and it is not too much to show. */
  options: z.array(z.string()).optional(),
  /** For files: the name the page shows and the SHA-256 of the bytes that were attached. */
  file: z.object({ name: z.string(), sha256: z.string() }).optional(),
  source: ValueSource.nullable(),
  confidence: z.number().min(0).max(1),
});
export type SnapshotField = z.infer<typeof SnapshotField>;

/** One name under which a form sends something. */
export const CarriedEntry = z.object({
  name: z.string(),
  /**
   * SHA-256 of what no field shows (a hidden field, a choice's own value), in hex; `*` where it changes by
   * itself; null where a field shows it.
   */
  value: z.string().nullable(),
});
export type CarriedEntry = z.infer<typeof CarriedEntry>;

export const SnapshotPage = z.object({
  page: z.number().int().min(1),
  /** Origin and path of the page. */
  url: z.string(),
  /** Origin of the frame that the form stands in. */
  frame: z.string().optional(),
  /** SHA-256 of the queries of page and frame, in hex; absent without one. */
  query: z.string().optional(),
  /** Where the form would be sent, as its button has it; null for forms that scripts send. */
  target: z
    .object({
      action: z.string(),
      method: z.string(),
      encoding: z.string(),
      /** SHA-256 of the query of the address, in hex; absent without one. */
      query: z.string().optional(),
      /** Name of the window or frame that shows the answer; absent for the form's own. */
      opensIn: z.string().optional(),
    })
    .nullable(),
  fields: z.array(SnapshotField),
  /** What the form sends, in the order of the names; absent where scripts send it. */
  carried: z.array(CarriedEntry).optional(),
});
export type SnapshotPage = z.infer<typeof SnapshotPage>;

/** Everything that would be sent, over all pages, in canonical order. The digest is taken over it. */
export const FormSnapshot = z.object({
  version: z.literal(1),
  jobKey: z.string(),
  pages: z.array(SnapshotPage),
});
export type FormSnapshot = z.infer<typeof FormSnapshot>;
