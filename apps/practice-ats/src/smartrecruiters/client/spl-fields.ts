import type { FormField } from "../../form-field.ts";
import { element, type FieldContext, labelFor, SplField } from "./spl-field.ts";

class SplInput extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const id = inputId(field);
    const control =
      field.kind === "textarea"
        ? document.createElement("textarea")
        : document.createElement("input");
    control.id = id;
    control.required = field.required;
    if (control instanceof HTMLInputElement) control.type = typeOf(field);
    control.value = context.answers.values.get(field.id)?.[0] ?? "";
    control.addEventListener("input", () => this.set(context, field.id, [control.value]));
    return [labelFor(field, id), control];
  }
}

/** The name of the control is that of its host, as far as it has one. */
function inputId({ id }: FormField): string {
  return id.startsWith("question_") ? "spl-form-element" : `${id}-input`;
}

function typeOf({ kind }: FormField): string {
  if (kind === "email" || kind === "tel" || kind === "url" || kind === "number") return kind;
  return kind === "date" ? "date" : "text";
}

/** The calling code is chosen beforehand; the number may bring its own. */
class SplPhoneField extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const code = element("button", {
      type: "button",
      class: "c-spl-phone-code",
      "aria-haspopup": "menu",
      "aria-label": "Country code: United States +1",
    });
    code.textContent = "+1";
    const input = document.createElement("input");
    input.type = "tel";
    input.id = "phone-input";
    input.required = field.required;
    input.value = context.answers.values.get(field.id)?.[0] ?? "";
    input.addEventListener("input", () => this.set(context, field.id, [input.value]));
    return [labelFor(field, "phone-input"), element("div", { class: "c-spl-phone" }, code, input)];
  }
}

/** What is typed is a search and no answer: leaving the field without a choice empties it. */
class SplAutocomplete extends SplField {
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override parts(field: FormField, context: FieldContext): Node[] {
    const input = document.createElement("input");
    const list = element("div", { id: "listbox", role: "listbox", hidden: "" });
    const chosen = (): string => context.answers.values.get(field.id)?.[0] ?? "";
    for (const [name, value] of Object.entries({
      id: "spl-form-element",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "listbox",
      "aria-expanded": "false",
      autocomplete: "off",
    })) {
      input.setAttribute(name, value);
    }
    input.required = field.required;
    input.value = chosen();
    const open = (isOpen: boolean): void => {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    };
    input.addEventListener("input", () => {
      this.set(context, field.id, []);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void look(), 350);
    });
    input.addEventListener("blur", () => {
      open(false);
      input.value = chosen();
    });
    const look = async (): Promise<void> => {
      const { api, query } = context.config;
      const url = `${api}/locations${query}${query === "" ? "?" : "&"}text=${encodeURIComponent(input.value)}`;
      // Boundary: our own server's answer.
      const places = (await (await fetch(url)).json()) as string[];
      list.replaceChildren(
        ...places.map((place) =>
          optionOf(place, () => {
            this.set(context, field.id, [place]);
            input.value = place;
            open(false);
          }),
        ),
      );
      open(places.length > 0);
    };
    return [labelFor(field, "spl-form-element"), input, list];
  }
}

/** An option draws its own words in a root of its own, around those it was given. */
class SplSelectOption extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(element("div", { part: "text" }, element("slot")));
  }
}

function optionOf(text: string, choose: () => void): HTMLElement {
  const option = element("spl-select-option", { role: "option" }, text);
  option.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose();
  });
  return option;
}

class SplSelect extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const button = element("button", {
      type: "button",
      class: "c-spl-select",
      id: "spl-form-element",
      "aria-haspopup": "listbox",
      "aria-labelledby": "label",
      "aria-controls": "listbox",
      "aria-expanded": "false",
      "aria-required": String(field.required),
    });
    const list = element("div", { id: "listbox", role: "listbox", hidden: "" });
    const open = (isOpen: boolean): void => {
      list.hidden = !isOpen;
      button.setAttribute("aria-expanded", String(isOpen));
    };
    button.textContent = context.answers.values.get(field.id)?.[0] ?? context.config.words.choose;
    button.addEventListener("click", () => open(list.hasAttribute("hidden")));
    button.addEventListener("blur", () => open(false));
    list.append(
      ...field.choices.map(({ label }) =>
        optionOf(label, () => {
          this.set(context, field.id, [label]);
          button.textContent = label;
          open(false);
        }),
      ),
    );
    return [labelFor(field), button, list];
  }
}

/** Radios, or checkboxes of which several may be ticked. */
class SplChoices extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const isMulti = field.kind === "checkboxes";
    const group = element("fieldset", { "aria-required": String(field.required) });
    group.append(element("legend", {}, field.label, field.required ? " *" : ""));
    for (const [index, { label }] of field.choices.entries()) {
      const input = document.createElement("input");
      input.type = isMulti ? "checkbox" : "radio";
      input.name = "spl-choice";
      input.id = `choice-${index}`;
      input.value = String(index);
      input.checked = context.answers.values.get(field.id)?.includes(label) === true;
      input.addEventListener("change", () => {
        const now = context.answers.values.get(field.id) ?? [];
        const others = isMulti ? now.filter((one) => one !== label) : [];
        this.set(context, field.id, input.checked ? [...others, label] : others);
      });
      group.append(element("div", {}, input, element("label", { for: input.id }, label)));
    }
    return [group];
  }
}

class SplCheckbox extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = "spl-form-element";
    input.required = field.required;
    input.checked = context.answers.values.get(field.id)?.[0] === "true";
    input.addEventListener("change", () =>
      this.set(context, field.id, input.checked ? ["true"] : []),
    );
    return [element("label", { for: "spl-form-element" }, input, ` ${field.label}`)];
  }
}

/** Which element a field is drawn as. */
export function elementOf({ id, kind }: FormField): string {
  if (kind === "tel") return "spl-phone-field";
  if (id === "city") return "spl-autocomplete";
  if (kind === "select" || kind === "late-select") return "spl-select";
  if (kind === "radio" || kind === "yes-no" || kind === "checkboxes") return "spl-choices";
  if (kind === "checkbox") return "spl-checkbox";
  return kind === "textarea" ? "spl-textarea" : "spl-input";
}

export function defineFields(): void {
  customElements.define("spl-input", SplInput);
  customElements.define("spl-textarea", class extends SplInput {});
  customElements.define("spl-phone-field", SplPhoneField);
  customElements.define("spl-autocomplete", SplAutocomplete);
  customElements.define("spl-select-option", SplSelectOption);
  customElements.define("spl-select", SplSelect);
  customElements.define("spl-choices", SplChoices);
  customElements.define("spl-checkbox", SplCheckbox);
}
