import type { FormField } from "../../form-field.ts";
import type { Answers, PageConfig } from "./config.ts";

export interface FieldContext {
  readonly config: PageConfig;
  readonly answers: Answers;
}

/** Each field is an element of its own with an open shadow root; its host has no value. */
export abstract class SplField extends HTMLElement {
  #shown: { readonly field: FormField; readonly context: FieldContext } | undefined;
  readonly root: ShadowRoot = this.attachShadow({ mode: "open" });

  show(field: FormField, context: FieldContext): void {
    this.#shown = { field, context };
    this.draw();
  }

  /** Again, with what is in the answers now. */
  draw(): void {
    if (this.#shown === undefined) return;
    const { field, context } = this.#shown;
    const error = context.answers.errors.get(field.id);
    this.root.replaceChildren(styleSheet(), ...this.parts(field, context));
    if (error === undefined) return;
    const message = element("div", { class: "c-spl-error", role: "alert" });
    message.textContent = error;
    this.root.append(message);
  }

  protected abstract parts(field: FormField, context: FieldContext): Node[];

  protected set(context: FieldContext, id: string, values: readonly string[]): void {
    context.answers.values.set(id, values);
    if (context.answers.errors.delete(id)) this.root.querySelector(".c-spl-error")?.remove();
  }
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function labelFor(field: FormField, forId?: string): HTMLElement {
  const label = element("label", {
    class: "c-spl-label",
    id: "label",
    ...(forId !== undefined && { for: forId }),
  });
  label.append(field.label);
  if (field.required) label.append(element("span", { "aria-hidden": "true" }, " *"));
  return label;
}

export function styleSheet(): HTMLElement {
  return element("style", {}, styles);
}

const styles = `
:host { display: block; margin-bottom: 1rem; font: 15px/1.4 "Liberation Sans", Arial, sans-serif; position: relative; }
:host(spl-button) { display: inline-block; margin: 0 .5rem 0 0; }
label, legend { display: block; font-weight: bold; margin-bottom: .25rem; padding: 0; }
fieldset { border: 0; padding: 0; margin: 0; }
fieldset label { font-weight: normal; }
input:not([type=radio], [type=checkbox], [type=file]), textarea, .c-spl-select { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; text-align: left; background: #fff; border: 1px solid #888; }
[role=listbox] { position: absolute; z-index: 5; left: 0; right: 0; max-height: 14rem; overflow: auto; background: #fff; border: 1px solid #888; }
[role=listbox][hidden] { display: none; }
spl-select-option { display: block; padding: .4rem; cursor: pointer; }
.c-spl-error { color: #b3261e; }
.c-spl-dropzone { border: 2px dashed #888; padding: 1rem; position: relative; }
.c-spl-dropzone input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; }
button { font: inherit; padding: .5rem 1.2rem; cursor: pointer; }
`;
