import type { FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";

export interface NativeControl {
  readonly name: string;
  /** The id of the control; of several, each has its place behind it. */
  readonly id: string;
  /** The words of the row that chooses nothing. */
  readonly choose: string;
  readonly value?: string | readonly string[];
  /** Drawn inside the control, where nothing else names it. */
  readonly placeholder?: string;
}

/** A question as the browser's own controls ask it. */
export function nativeControl(field: FormField, control: NativeControl): Html {
  const { name, id, choose, value = "", placeholder } = control;
  const hint = placeholder === undefined ? undefined : html`placeholder="${placeholder}"`;
  const required = field.required && html`aria-required="true"`;
  switch (field.kind) {
    case "textarea":
      return html`<textarea id="${id}" name="${name}" ${hint} ${required}>
${text(value)}</textarea>`;
    case "select":
    case "late-select":
      return html`<select id="${id}" name="${name}" ${required}>
        <option value="">${choose}</option>
        ${field.choices.map(
          ({ value: own, label }) =>
            html`<option value="${own}" ${own === value ? "selected" : ""}>${label}</option>`,
        )}
      </select>`;
    case "radio":
    case "yes-no":
      return choices(field, control, "radio");
    case "checkboxes":
      return choices(field, control, "checkbox");
    default:
      return html`<input
        id="${id}"
        name="${name}"
        type="${inputTypes[field.kind] ?? "text"}"
        value="${text(value)}"
        ${hint}
        ${required}
      />`;
  }
}

const inputTypes: Partial<Record<FormField["kind"], string>> = {
  email: "email",
  tel: "tel",
  url: "url",
  number: "number",
  date: "date",
};

function choices(
  { choices: offered }: FormField,
  { name, id, value = "" }: NativeControl,
  type: "radio" | "checkbox",
): Html {
  const chosen = [value].flat();
  return html`<div class="choices">
    ${offered.map(
      (one, index) =>
        html`<div class="choice">
          <input
            type="${type}"
            id="${id}_${index}"
            name="${name}"
            value="${one.value}"
            ${chosen.includes(one.value) ? "checked" : ""}
          />
          <label for="${id}_${index}">${one.label}</label>
        </div>`,
    )}
  </div>`;
}

function text(value: string | readonly string[]): string {
  return [value].flat().join(", ");
}
