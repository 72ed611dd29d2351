import { useState } from "react";

import type { FieldProps } from "./config.ts";
import { DateParts } from "./date-parts.tsx";
import { ListButton } from "./list-button.tsx";
import { Prompt } from "./prompt.tsx";

interface FieldBoxProps extends FieldProps {
  readonly error: string | undefined;
  readonly onBlur: () => void;
  readonly sourceTree: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A field with its words: in a label, or for choices and questions in a legend alone. */
export function FieldBox(props: FieldBoxProps) {
  const { field, domId, error, onBlur } = props;
  const mark = field.required ? (
    <span className="wd-mark" aria-hidden="true">
      *
    </span>
  ) : null;
  const words = (
    <span>
      {field.label}
      {mark}
    </span>
  );
  const isGroup =
    field.id.startsWith("question_") ||
    ["yes-no", "radio", "checkboxes", "date"].includes(field.kind);
  const metadata = domId.slice(domId.lastIndexOf("--") + 1).replace(/^-/, "");
  return (
    <div
      data-automation-id={`formField-${metadata}`}
      data-fkit-id={domId}
      data-practice={field.id}
      onBlur={onBlur}
    >
      {isGroup ? (
        <fieldset>
          <legend>
            <div data-automation-id="richText">
              <p>{words}</p>
            </div>
          </legend>
          <Control {...props} />
        </fieldset>
      ) : field.kind === "checkbox" ? (
        <Control {...props} />
      ) : (
        <>
          <label htmlFor={domId}>{words}</label>
          <Control {...props} />
        </>
      )}
      {error !== undefined && (
        <div role="alert" data-automation-id="errorMessage" className="wd-error">
          {error}
        </div>
      )}
    </div>
  );
}

function Control(props: FieldBoxProps) {
  const { field, domId, value, sourceTree, onChange } = props;
  switch (field.kind) {
    case "select":
    case "late-select": {
      const isPrompt = field.id === "source" || field.id === "phoneCode";
      if (!isPrompt) return <ListButton {...props} />;
      return <Prompt {...props} tree={field.id === "source" ? sourceTree : undefined} />;
    }
    case "yes-no":
    case "radio":
    case "checkboxes":
      return <Choices {...props} />;
    case "date":
      return <DateParts {...props} hasDay={!field.id.includes("startDate")} />;
    case "checkbox":
      return (
        <div className="wd-choice">
          <input
            type="checkbox"
            id={domId}
            aria-required={field.required}
            checked={value[0] === "true"}
            onChange={({ currentTarget }) => onChange(currentTarget.checked ? ["true"] : [])}
          />
          <label htmlFor={domId}>{field.label}</label>
        </div>
      );
    case "textarea":
      return (
        <textarea
          id={domId}
          aria-required={field.required}
          value={value[0] ?? ""}
          onChange={({ currentTarget }) => onChange([currentTarget.value])}
        />
      );
    default:
      return <Line {...props} />;
  }
}

/** What is typed counts once the field is left. */
function Line({ field, domId, value, onChange }: FieldBoxProps) {
  const [text, setText] = useState(value[0] ?? "");
  return (
    <input
      type="text"
      id={domId}
      name={domId.split("--").at(-1)}
      aria-required={field.required}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={() => onChange([text])}
    />
  );
}

/** Radios say true and false, or a number that means nothing outside. */
function Choices({ field, domId, value, onChange }: FieldBoxProps) {
  const isMulti = field.kind === "checkboxes";
  return (
    <>
      {field.choices.map(({ label }, index) => (
        <div className="wd-choice" key={label}>
          <input
            type={isMulti ? "checkbox" : "radio"}
            id={`${domId}-${index}`}
            name={isMulti ? undefined : domId}
            value={field.kind === "yes-no" ? String(index === 0) : `c${index}`}
            checked={value.includes(label)}
            onChange={({ currentTarget }) => {
              const others = isMulti ? value.filter((one) => one !== label) : [];
              onChange(currentTarget.checked ? [...others, label] : others);
            }}
          />
          <label htmlFor={`${domId}-${index}`}>{label}</label>
        </div>
      ))}
    </>
  );
}
