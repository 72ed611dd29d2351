import type { EntryProps } from "./field-entry-control.tsx";
import { textOf } from "./form-values.ts";

/** Two buttons over a checkbox nobody sees; pressing the pressed one takes the answer back. */
export function YesNo({ entry, state }: EntryProps) {
  const { path, selectableValues } = entry.field;
  const [yes = { label: "Yes", value: "Yes" }, no = { label: "No", value: "No" }] =
    selectableValues;
  const chosen = textOf(state.values, path);
  const button = (option: "yes" | "no", { label, value }: typeof yes) => (
    <button
      type="submit"
      className="_option_y2cw4_12"
      data-option={option}
      aria-pressed={chosen === value}
      onClick={() => state.onChange(path, chosen === value ? "" : value)}
    >
      {label}
    </button>
  );
  return (
    <div className="_yesno_hkyf8_25 ashby-application-form-input-yesno">
      {button("yes", yes)}
      {button("no", no)}
      <input
        type="checkbox"
        tabIndex={-1}
        name={path}
        checked={chosen === yes.value}
        onChange={() => undefined}
      />
    </div>
  );
}
