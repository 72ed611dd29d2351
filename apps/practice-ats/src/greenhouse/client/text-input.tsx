import type { FieldProps } from "./field-context.ts";
import { FieldError, invalidState } from "./field-error.tsx";
import { FieldLabel } from "./field-label.tsx";

/** Inputs have an id and no name, as on the real boards: the script sends the values. */
export function TextInput({ field, context }: FieldProps) {
  const value = context.values[field.id];
  const error = context.errors[field.id];
  const shared = {
    id: field.id,
    value: typeof value === "string" ? value : "",
    autoComplete: field.autocomplete ?? "off",
    "aria-required": field.required,
    ...invalidState(field.id, error),
  };
  return (
    <div className="text-input-wrapper" data-practice={field.id}>
      <FieldLabel field={field} />
      {field.kind === "textarea" ? (
        <textarea
          {...shared}
          className="input input__multi-line"
          rows={4}
          onChange={(event) => context.onChange(field.id, event.target.value)}
        />
      ) : (
        <input
          {...shared}
          className="input input__single-line"
          type={field.kind === "tel" ? "tel" : "text"}
          onChange={(event) => context.onChange(field.id, event.target.value)}
        />
      )}
      <FieldError id={field.id} error={error} />
    </div>
  );
}
