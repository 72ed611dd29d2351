import type { FieldErrors, FieldValue, FieldValues, FormField } from "../../form-field.ts";
import type { Posting } from "../posting.ts";

export interface FieldContext {
  readonly posting: Posting;
  readonly values: FieldValues;
  readonly errors: FieldErrors;
  readonly onChange: (id: string, value: FieldValue) => void;
}

export interface FieldProps {
  readonly field: FormField;
  readonly context: FieldContext;
}
