import type { FieldProps } from "./field-context.ts";
import { FieldError } from "./field-error.tsx";

export function CheckboxGroup({ field, context }: FieldProps) {
  const value = context.values[field.id];
  const chosen = typeof value === "string" ? [value] : (value ?? []);

  function toggle(choice: string): void {
    const next = chosen.includes(choice)
      ? chosen.filter((other) => other !== choice)
      : [...chosen, choice];
    context.onChange(field.id, next);
  }

  return (
    <fieldset
      className="checkbox"
      id={field.id}
      data-practice={field.id}
      aria-required={field.required}
    >
      <legend className="label">
        {field.label}
        {field.required && <span className="required">*</span>}
      </legend>
      {field.choices.map((choice, index) => {
        const id = `${field.id}_${index + 1}`;
        return (
          <div className="checkbox__wrapper" key={choice.value}>
            <input
              type="checkbox"
              id={id}
              name={field.id}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              onChange={() => toggle(choice.value)}
            />
            <label htmlFor={id}>{choice.label}</label>
          </div>
        );
      })}
      <FieldError id={field.id} error={context.errors[field.id]} />
    </fieldset>
  );
}
