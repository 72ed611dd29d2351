import { useId } from "react";
import { Controller, useFormContext } from "react-hook-form";
import {
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";
import { factStrings } from "../../strings/fact-strings.ts";
import "../../ui/check.css";
import { countryNames } from "./country-names.ts";
import type { FactField, FactKind } from "./fact-fields.ts";
import { type FactValues, fieldName } from "./fact-values.ts";

interface FactInputInput {
  readonly field: FactField;
  readonly hint: string | undefined;
  /** Most forms ask for it, and nothing that is known says it. */
  readonly isMissing: boolean;
}

interface ValueInput {
  readonly label: string;
  readonly use: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  /** Where the focus goes when it is wrong. */
  readonly inputRef?: (input: HTMLElement | null) => void;
  readonly problem?: string | undefined;
  readonly isAsked?: boolean;
}

/** One fact, with what it is used for. */
export function FactInput({ field, hint, isMissing }: FactInputInput) {
  const { control } = useFormContext<FactValues>();
  const { label, use } = factStrings.field(field.pointer);
  return (
    <Controller
      control={control}
      name={`fields.${fieldName(field.pointer)}`}
      render={({ field: { value, onChange, onBlur, ref }, fieldState: { error } }) => {
        const input: ValueInput = {
          label,
          use: hint === undefined ? use : `${use} ${hint}`,
          value,
          onChange,
          onBlur,
          inputRef: ref,
          problem: error?.message,
          isAsked: isMissing && value === "",
        };
        return (
          <div id={fieldName(field.pointer)} className="fact-field" data-kind={field.kind}>
            <Widget field={field} input={input} />
          </div>
        );
      }}
    />
  );
}

function Widget({ field, input }: { readonly field: FactField; readonly input: ValueInput }) {
  if (field.kind === "yes-no") return <YesNo {...input} />;
  if (field.kind === "country") {
    return <Choice {...input} empty={factStrings.noCountry} options={countryNames()} />;
  }
  if (field.kind === "period") {
    const options = Object.entries(factStrings.periods);
    return <Choice {...input} empty={factStrings.noPeriod} options={options} />;
  }
  return <Words {...input} kind={field.kind} autoComplete={field.autoComplete ?? "off"} />;
}

const inputTypes: Partial<Record<FactKind, "email" | "tel" | "date">> = {
  email: "email",
  tel: "tel",
  date: "date",
};

const inputModes: Partial<Record<FactKind, "decimal" | "url" | "email" | "tel">> = {
  number: "decimal",
  url: "url",
  email: "email",
  tel: "tel",
};

const longText = 60;

function Words({
  label,
  use,
  value,
  onChange,
  onBlur,
  inputRef,
  problem,
  isAsked = false,
  kind,
  autoComplete,
}: ValueInput & { readonly kind: FactKind; readonly autoComplete: string }) {
  return (
    <TextField
      value={value}
      onChange={onChange}
      {...(onBlur === undefined ? {} : { onBlur })}
      type={inputTypes[kind] ?? "text"}
      inputMode={inputModes[kind] ?? "text"}
      autoComplete={autoComplete}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>
        {label}
        {isAsked && <Asked />}
      </Label>
      {value.length > longText ? (
        <TextArea dir="auto" rows={3} {...refOf(inputRef)} />
      ) : (
        <Input dir="auto" {...refOf(inputRef)} />
      )}
      <Text slot="description">{use}</Text>
      <FieldError>{problem}</FieldError>
    </TextField>
  );
}

function refOf(ref: ValueInput["inputRef"]) {
  return ref === undefined ? {} : { ref };
}

/** Nothing is the third answer: it is then asked. */
export function YesNo({ label, use, value, onChange, problem, isAsked = false }: ValueInput) {
  const options = [
    ["yes", factStrings.yes],
    ["no", factStrings.no],
    ["", factStrings.unsaid],
  ] as const;
  return (
    <RadioGroup
      value={value}
      onChange={onChange}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>
        {label}
        {isAsked && <Asked />}
      </Label>
      <div className="fact-radios">
        {options.map(([option, words]) => (
          <Radio key={option} value={option} className="check">
            <span className="check-box round" aria-hidden="true" />
            {words}
          </Radio>
        ))}
      </div>
      {use !== "" && <Text slot="description">{use}</Text>}
      <FieldError>{problem}</FieldError>
    </RadioGroup>
  );
}

interface ChoiceInput extends ValueInput {
  readonly empty: string;
  readonly options: readonly (readonly [string, string])[];
}

/** The browser's own: letters typed find a country among all of them, on a phone too. */
export function Choice(input: ChoiceInput) {
  const { label, use, value, onChange, onBlur, inputRef, problem } = input;
  const { isAsked = false, empty, options } = input;
  const id = useId();
  const isOther = value !== "" && !options.some(([name]) => name === value);
  return (
    <div className="fact-choice">
      <label htmlFor={id} className="react-aria-Label">
        {label}
        {isAsked && <Asked />}
      </label>
      <select
        {...refOf(inputRef)}
        id={id}
        className="field-input"
        value={value}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={`${id}-use`}
        onBlur={onBlur}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        <option value="">{empty}</option>
        {isOther && <option value={value}>{value}</option>}
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
      <span id={`${id}-use`}>
        <span slot="description">{use}</span>
        {problem !== undefined && <span className="react-aria-FieldError">{problem}</span>}
      </span>
    </div>
  );
}

function Asked() {
  return <span className="fact-asked"> · {factStrings.missingMark}</span>;
}
