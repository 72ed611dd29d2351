import type { FieldEntry } from "../job-posting.ts";
import { ChoiceList } from "./choice-list.tsx";
import { Combobox } from "./combobox.tsx";
import { DateInput } from "./date-input.tsx";
import { FileInput } from "./file-input.tsx";
import { type FormState, textOf } from "./form-values.ts";
import { PlaceInput } from "./place-input.tsx";
import { YesNo } from "./yes-no.tsx";

export interface EntryProps {
  readonly entry: FieldEntry;
  readonly state: FormState;
}

/** Longer lists of which one is chosen are searched in a combobox. */
const mostRadios = 4;

/** The title's `for` names the path, whether or not a control has that id. */
export function FieldEntryControl({
  entry,
  state,
  attach,
}: EntryProps & { readonly attach: string }) {
  const { path, title, type } = entry.field;
  if (type === "Consent") return <ConsentBox entry={entry} state={state} />;
  return (
    <div
      className="_fieldEntry_17tft_29 ashby-application-form-field-entry"
      data-field-path={path}
      data-practice={path}
    >
      <label
        className={`_heading_f7cvd_52 ${entry.isRequired ? "_required_f7cvd_91 " : ""}ashby-application-form-question-title`}
        htmlFor={path}
      >
        {title}
      </label>
      {type === "File" ? (
        <FileInput entry={entry} state={state} attach={attach} />
      ) : (
        <Control entry={entry} state={state} />
      )}
    </div>
  );
}

function Control({ entry, state }: EntryProps) {
  const { path, type, selectableValues } = entry.field;
  switch (type) {
    case "Boolean":
      return <YesNo entry={entry} state={state} />;
    case "MultiValueSelect":
      return <ChoiceList entry={entry} state={state} />;
    case "ValueSelect":
      return selectableValues.length <= mostRadios ? (
        <ChoiceList entry={entry} state={state} />
      ) : (
        <Combobox
          options={selectableValues.map(({ label }) => label)}
          value={textOf(state.values, path)}
          onChange={(value) => state.onChange(path, value)}
        />
      );
    case "Location":
      return <PlaceInput path={path} state={state} />;
    case "Date":
      return (
        <DateInput
          value={textOf(state.values, path)}
          onChange={(value) => state.onChange(path, value)}
        />
      );
    default:
      return <TextInput entry={entry} state={state} />;
  }
}

const inputTypes: Readonly<Record<string, string>> = {
  Email: "email",
  Phone: "tel",
  Number: "number",
};

function TextInput({ entry, state }: EntryProps) {
  const { path, type } = entry.field;
  const shared = {
    id: path,
    name: path,
    placeholder: "Type here...",
    required: entry.isRequired,
    value: textOf(state.values, path),
  };
  if (type === "LongText") {
    return (
      <textarea
        {...shared}
        rows={4}
        onChange={(event) => state.onChange(path, event.target.value)}
      />
    );
  }
  return (
    <input
      {...shared}
      type={inputTypes[type] ?? "text"}
      onChange={(event) => state.onChange(path, event.target.value)}
    />
  );
}

function ConsentBox({ entry, state }: EntryProps) {
  const { path, title } = entry.field;
  return (
    <div
      className="_fieldEntry_17tft_29 ashby-application-form-field-entry"
      data-field-path={path}
      data-practice={path}
    >
      <input
        type="checkbox"
        id={path}
        name={path}
        required={entry.isRequired}
        checked={textOf(state.values, path) === "true"}
        onChange={(event) => state.onChange(path, event.target.checked ? "true" : "")}
      />{" "}
      <label htmlFor={path}>{title}</label>
    </div>
  );
}
