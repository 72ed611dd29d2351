import { useState } from "react";
import AsyncSelect from "react-select/async";

import type { Found } from "../search-lists.ts";
import type { FieldProps } from "./field-context.ts";
import { FieldError } from "./field-error.tsx";
import { FieldLabel } from "./field-label.tsx";
import { FlyoutButton } from "./flyout-button.tsx";

/** A list that is only ever searched. A place brings its coordinates along, which are sent with it. */
export function SearchInput({ field, context }: FieldProps) {
  const [chosen, setChosen] = useState<Found | null>(null);
  const error = context.errors[field.id];

  async function search(term: string): Promise<Found[]> {
    const list = field.id === "candidate-location" ? "places" : "schools";
    const query = new URLSearchParams({ list, term });
    const response = await fetch(`${context.posting.searchPath ?? ""}?${query.toString()}`);
    // Boundary: our own server's list.
    return (await response.json()) as Found[];
  }

  function take(found: Found | null): void {
    setChosen(found);
    context.onChange(field.id, found?.label ?? "");
    if (field.id !== "candidate-location") return;
    context.onChange("latitude", found?.latitude ?? "");
    context.onChange("longitude", found?.longitude ?? "");
  }

  return (
    <div className="select__container-wrapper" data-practice={field.id}>
      <FieldLabel field={field} />
      <AsyncSelect<Found>
        inputId={field.id}
        instanceId={field.id}
        className="select-shell"
        classNamePrefix="select"
        aria-labelledby={`${field.id}-label`}
        aria-invalid={error !== undefined}
        {...(error !== undefined && { "aria-errormessage": `${field.id}-error` })}
        required={field.required}
        placeholder={field.id === "candidate-location" ? "" : context.posting.words.choose}
        loadOptions={search}
        getOptionLabel={({ label }) => label}
        getOptionValue={({ label }) => label}
        value={chosen}
        onChange={take}
        components={{ DropdownIndicator: FlyoutButton, IndicatorSeparator: null }}
      />
      {field.id === "candidate-location" && (
        <>
          <input type="hidden" name="latitude" value={chosen?.latitude ?? ""} />
          <input type="hidden" name="longitude" value={chosen?.longitude ?? ""} />
        </>
      )}
      <FieldError id={field.id} error={error} />
    </div>
  );
}
