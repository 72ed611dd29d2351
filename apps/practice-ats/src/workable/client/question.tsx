import type { FormField } from "../../form-field.ts";
import { AddressInput } from "./address-input.tsx";
import { ChoiceBoxes } from "./choice-boxes.tsx";
import { FileUpload } from "./file-upload.tsx";

export type Answer = string | File | readonly string[];

export interface QuestionProps {
  readonly field: FormField;
  readonly choose: string;
  readonly error: string | undefined;
  readonly answer: Answer | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

/** One question; those of the employer stand in a fieldset of their own. */
export function Question(props: QuestionProps) {
  const { field, error } = props;
  const message = error !== undefined && <span data-ui="error">{error}</span>;
  const isOwn = field.id.startsWith("question_");
  const name = isOwn ? `QA_${field.id.slice("question_".length)}` : field.id;
  if (isChoice(field)) {
    return (
      <fieldset data-ui={name} data-practice={field.id}>
        <legend>
          {field.required && <strong aria-hidden="true">*</strong>} {field.label}
        </legend>
        <ChoiceBoxes {...props} />
        {message}
      </fieldset>
    );
  }
  const label = (
    <label htmlFor={name} id={`${name}_label`}>
      {field.required && <strong aria-hidden="true">*</strong>} {field.label}
    </label>
  );
  const body = (
    <>
      {field.kind !== "checkbox" && label}
      <Control {...props} name={name} />
      {field.kind === "checkbox" && label}
      {message}
    </>
  );
  return isOwn ? (
    <fieldset data-ui={name} data-practice={field.id}>
      {body}
    </fieldset>
  ) : (
    <div className="field" data-practice={field.id}>
      {body}
    </div>
  );
}

function isChoice({ kind }: FormField): boolean {
  return kind === "radio" || kind === "yes-no" || kind === "checkboxes";
}

const inputTypes: Partial<Record<FormField["kind"], string>> = {
  email: "email",
  tel: "tel",
  url: "url",
  number: "number",
  date: "date",
};

function Control({
  field,
  name,
  choose,
  answer,
  onAnswer,
}: QuestionProps & { readonly name: string }) {
  const value = typeof answer === "string" ? answer : "";
  if (field.kind === "file") return <FileUpload field={field} onFile={onAnswer} />;
  if (field.id === "address") return <AddressInput name={name} value={value} onValue={onAnswer} />;
  const shared = { id: name, name, "data-ui": name, "aria-required": field.required };
  if (field.kind === "textarea") {
    return (
      <textarea {...shared} value={value} onChange={(event) => onAnswer(event.target.value)} />
    );
  }
  if (field.kind === "checkbox") {
    const onChange = () => onAnswer(value === "true" ? "" : "true");
    return <input {...shared} type="checkbox" checked={value === "true"} onChange={onChange} />;
  }
  if (field.kind === "select") {
    return (
      <select {...shared} value={value} onChange={(event) => onAnswer(event.target.value)}>
        <option value="">{choose}</option>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...shared}
      type={inputTypes[field.kind] ?? "text"}
      value={value}
      onChange={(event) => onAnswer(event.target.value)}
    />
  );
}
