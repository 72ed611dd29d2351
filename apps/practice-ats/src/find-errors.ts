import type { FieldErrors, FieldValues, FormField } from "./form-field.ts";

/** The same check in the browser (Greenhouse-like form) and on the server (both sites). */
export function findErrors(fields: readonly FormField[], values: FieldValues): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const error = findError(field, values);
    if (error !== undefined) errors[field.id] = error;
  }
  return errors;
}

function findError(field: FormField, values: FieldValues): string | undefined {
  const value = values[field.id];
  const given = (typeof value === "string" ? [value] : (value ?? []))
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (given.length === 0) return field.required ? absence(field) : undefined;
  return given.every((part) => isWellFormed(field, part)) ? undefined : complaints[field.kind];
}

function absence({ kind, label }: FormField): string {
  if (kind === "checkbox") return "Tick this box to continue";
  return label.endsWith("?") ? "Answer this question" : `${label} is required`;
}

const complaints: Record<FormField["kind"], string> = {
  text: "Enter at most 255 characters",
  textarea: "Enter at most 10,000 characters",
  email: "Enter a valid email address",
  tel: "Enter a valid phone number",
  url: "Enter a full web address that starts with https://",
  number: "Enter a whole number from 0 to 60",
  select: "Choose one of the options",
  "late-select": "Choose one of the options",
  radio: "Choose one of the options",
  "yes-no": "Choose one of the options",
  date: "Enter a date",
  checkbox: "Choose one of the options",
  checkboxes: "Choose from the options",
  "odd-list": "Choose one of the options",
  file: "Attach the file again",
};

function isWellFormed(field: FormField, value: string): boolean {
  switch (field.kind) {
    case "text":
      return value.length <= 255;
    case "textarea":
      return value.length <= 10_000;
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value);
    case "tel":
      return /^\+?[\d\s().-]{6,30}$/.test(value) && value.replace(/\D/g, "").length >= 6;
    case "url":
      return /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(value);
    case "number":
      return /^\d{1,2}$/.test(value) && Number(value) <= 60;
    case "select":
    case "late-select":
    case "radio":
    case "yes-no":
    case "checkbox":
    case "checkboxes":
    case "odd-list":
      return field.choices.some((choice) => choice.value === value);
    case "date":
      return !Number.isNaN(Date.parse(value));
    case "file":
      return true;
  }
}
