import { useState } from "react";
import Select from "react-select";

import type { Choice } from "../../form-field.ts";
import { fetchLateChoices } from "./fetch-late-choices.ts";
import type { FieldProps } from "./field-context.ts";
import { FieldError } from "./field-error.tsx";
import { FieldLabel } from "./field-label.tsx";
import { FlyoutButton } from "./flyout-button.tsx";

interface SelectInputProps extends FieldProps {
  /** What the closed control shows for a chosen option; default: its label. */
  readonly shortLabel?: (choice: Choice) => string;
}

/** react-select as it comes: opens on mousedown, and its input is empty again after a choice. */
export function SelectInput({ field, context, shortLabel }: SelectInputProps) {
  const isLate = field.kind === "late-select";
  const [lateChoices, setLateChoices] = useState<readonly Choice[]>([]);
  const [isLoading, setIsLoading] = useState(false);
  const error = context.errors[field.id];
  const chosen = field.choices.find((choice) => choice.value === context.values[field.id]);

  function loadOnce(): void {
    if (!isLate || isLoading || lateChoices.length > 0) return;
    setIsLoading(true);
    void fetchLateChoices(context.posting.choicesPath, field.id).then((choices) => {
      setLateChoices(choices);
      setIsLoading(false);
    });
  }

  return (
    <div className="select__container-wrapper" data-practice={field.id}>
      <FieldLabel field={field} />
      <Select<Choice>
        inputId={field.id}
        instanceId={field.id}
        className="select-shell"
        classNamePrefix="select"
        aria-labelledby={`${field.id}-label`}
        aria-invalid={error !== undefined}
        {...(error !== undefined && { "aria-errormessage": `${field.id}-error` })}
        required={field.required}
        placeholder={context.posting.words.choose}
        options={isLate ? lateChoices : field.choices}
        isLoading={isLoading}
        onMenuOpen={loadOnce}
        value={chosen ?? null}
        onChange={(choice) => context.onChange(field.id, choice?.value ?? "")}
        formatOptionLabel={(choice, meta) =>
          meta.context === "value" && shortLabel ? shortLabel(choice) : choice.label
        }
        // One of the lists hangs from the body, as the real ones do inside narrow columns.
        menuPortalTarget={isLate ? document.body : null}
        components={{ DropdownIndicator: FlyoutButton, IndicatorSeparator: null }}
      />
      <FieldError id={field.id} error={error} />
    </div>
  );
}
