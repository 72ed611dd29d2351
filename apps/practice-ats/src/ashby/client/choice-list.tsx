import type { EntryProps } from "./field-entry-control.tsx";

/** Radio buttons are named by form and path; every checkbox is named by its own label. */
export function ChoiceList({ entry, state }: EntryProps) {
  const { path, type, selectableValues } = entry.field;
  const isMulti = type === "MultiValueSelect";
  const chosen = [state.values[path] ?? []].flat();

  function pick(value: string, isOn: boolean): void {
    if (!isMulti) return state.onChange(path, value);
    state.onChange(path, isOn ? [...chosen, value] : chosen.filter((other) => other !== value));
  }

  return (
    <fieldset className="_container_101oc_29 _fieldset_x" style={{ border: 0, padding: 0 }}>
      {selectableValues.map(({ value, label }, index) => {
        const id = `${state.formId}_${path}-labeled-${isMulti ? "checkbox" : "radio"}-${index}`;
        return (
          <div key={value} className="_option_1v5e2_35">
            <input
              id={id}
              type={isMulti ? "checkbox" : "radio"}
              name={isMulti ? label : `${state.formId}_${path}`}
              checked={chosen.includes(value)}
              onChange={({ target }) => pick(value, target.checked)}
            />
            <label htmlFor={id}>{label}</label>
          </div>
        );
      })}
    </fieldset>
  );
}
