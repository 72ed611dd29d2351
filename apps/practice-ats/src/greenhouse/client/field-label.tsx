import type { FormField } from "../../form-field.ts";

export function FieldLabel({ field }: { readonly field: FormField }) {
  return (
    <label id={`${field.id}-label`} htmlFor={field.id} className="label">
      {field.label}
      {field.required && <span className="required">*</span>}
    </label>
  );
}
