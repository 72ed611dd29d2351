import type { FieldProps } from "./field-context.ts";
import { FieldError, invalidState } from "./field-error.tsx";

export function ConsentBox({ field, context }: FieldProps) {
  const error = context.errors[field.id];
  return (
    <div className="checkbox__wrapper" data-practice={field.id}>
      <input
        type="checkbox"
        id={field.id}
        aria-required={field.required}
        {...invalidState(field.id, error)}
        checked={context.values[field.id] === "true"}
        onChange={(event) => context.onChange(field.id, event.target.checked ? "true" : "")}
      />
      <label htmlFor={field.id}>
        {field.label}
        {field.required && <span className="required">*</span>}
      </label>
      <FieldError id={field.id} error={error} />
    </div>
  );
}
