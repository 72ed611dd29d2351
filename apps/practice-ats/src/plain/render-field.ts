import { acceptedFileTypes, type FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";

export interface FieldState {
  readonly value: string;
  readonly error: string | undefined;
  /** The name of the file the draft already has. */
  readonly attached?: string | undefined;
}

/** One question as classic HTML: a label or legend, the control, a hint, the error. */
export function renderField(field: FormField, state: FieldState): Html {
  switch (field.kind) {
    case "radio":
      return radioGroup(field, state);
    case "checkbox":
      return singleCheckbox(field, state);
    case "odd-list":
      return oddList(field, state);
    default:
      return html`<div class="field">
        <label for="${field.id}">${field.label}${marker(field)}</label>
        ${control(field, state)}
        ${field.hint !== undefined && html`<p class="hint" id="${field.id}-hint">${field.hint}</p>`}
        ${state.attached !== undefined && html`<p class="hint">Attached: ${state.attached}</p>`}
        ${errorOf(field, state)}
      </div>`;
  }
}

function control(field: FormField, state: FieldState): Html {
  const name = html`id="${field.id}" name="${field.id}" ${rules(field, state)}`;
  switch (field.kind) {
    case "textarea":
      return html`<textarea ${name}>${state.value}</textarea>`;
    case "file":
      return html`<input type="file" ${name} accept="${acceptedFileTypes}" />`;
    case "number":
      return html`<input type="number" ${name} min="0" max="60" step="1" value="${state.value}" />`;
    case "select":
      return html`<select ${name}>
        <option value="">Select…</option>
        ${field.choices.map(
          ({ value, label }) =>
            html`<option value="${value}" ${value === state.value && html`selected`}>
              ${label}
            </option>`,
        )}
      </select>`;
    default:
      return html`<input type="${field.kind}" ${name} value="${state.value}" />`;
  }
}

function radioGroup(field: FormField, state: FieldState): Html {
  const choices = field.choices.map(({ value, label }) => {
    const id = `${field.id}-${value}`;
    return html`<div class="choice">
      <input
        type="radio"
        id="${id}"
        name="${field.id}"
        value="${value}"
        ${field.required && html`required`}
        ${value === state.value && html`checked`}
      />
      <label for="${id}">${label}</label>
    </div>`;
  });
  return html`<fieldset role="radiogroup" ${ariaState(field, state)}>
    <legend>${field.label}${marker(field)}</legend>
    ${choices} ${errorOf(field, state)}
  </fieldset>`;
}

function singleCheckbox(field: FormField, state: FieldState): Html {
  const value = field.choices[0]?.value ?? "on";
  return html`<div class="field">
    <div class="choice">
      <input
        type="checkbox"
        id="${field.id}"
        name="${field.id}"
        value="${value}"
        ${rules(field, state)}
        ${value === state.value && html`checked`}
      />
      <label for="${field.id}">${field.label}${marker(field)}</label>
    </div>
    ${errorOf(field, state)}
  </div>`;
}

/** Nothing here says that it is a control: people see that it is one, and click. */
function oddList(field: FormField, state: FieldState): Html {
  const shown = field.choices.find(({ value }) => value === state.value)?.label ?? "Choose…";
  return html`<div class="field" data-odd="${field.choices.map(({ label }) => label).join("|")}">
    <b>${field.label}${marker(field)}</b>
    <div class="odd" tabindex="0">${shown}</div>
    <input type="hidden" name="${field.id}" value="${state.value}" />
    ${errorOf(field, state)}
    <script src="/plain/odd-list.js"></script>
  </div>`;
}

function rules(field: FormField, state: FieldState): Html {
  const isRequired = field.required && state.attached === undefined;
  return html`${isRequired && html`required`} ${ariaState(field, state)}
  ${field.autocomplete !== undefined && html`autocomplete="${field.autocomplete}"`}`;
}

function ariaState(field: FormField, { error }: FieldState): Html {
  return html`${field.required && html`aria-required="true"`}
  ${error !== undefined && html`aria-invalid="true" aria-describedby="${field.id}-error"`}`;
}

function errorOf(field: FormField, { error }: FieldState): Html | undefined {
  return error === undefined
    ? undefined
    : html`<p class="error" id="${field.id}-error">${error}</p>`;
}

function marker(field: FormField): Html | false {
  return field.required && html` <span class="required" aria-hidden="true">*</span>`;
}
