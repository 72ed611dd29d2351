/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file and of the kit it is given.
 */

import type { FieldKind } from "@valet/contracts";

export function kindOf(members: readonly Element[]): FieldKind {
  const control = members[0];
  if (control === undefined) return "other";
  const role = control.getAttribute("role") ?? "";
  if (role === "combobox") return "combobox";
  if (control instanceof HTMLTextAreaElement) return "textarea";
  if (control instanceof HTMLSelectElement) return control.multiple ? "listbox" : "select";
  if (control instanceof HTMLInputElement) {
    switch (control.type) {
      case "email":
      case "tel":
      case "url":
      case "number":
      case "file":
      case "password":
        return control.type;
      case "date":
      case "month":
        return "date";
      case "text":
      case "search":
        return isTypeahead(control) ? "combobox" : "text";
      case "radio":
        return "radio-group";
      case "checkbox":
        return members.length > 1 ? "checkbox-group" : "checkbox";
      default:
        return "other";
    }
  }
  if (control.getAttribute("aria-haspopup") === "listbox") return "combobox";
  if (role === "radio") return "radio-group";
  if (role === "checkbox") return members.length > 1 ? "checkbox-group" : "checkbox";
  if (role === "switch") return "checkbox";
  if (role === "spinbutton") return "number";
  if (role === "slider") return "other";
  if (role === "listbox") return "listbox";
  if (role === "textbox" || control.hasAttribute("contenteditable")) return "textarea";
  if (control.querySelector("[role=spinbutton]") !== null) return "date";
  const hasSegments = control.querySelectorAll("input:not([type=hidden])").length >= 3;
  if (hasSegments && control.querySelector("button") === null) return "text";
  return choicesOf(control).length === 0 ? "other" : "button-group";
}

/** A line that offers matches from a list while one types. */
export function isTypeahead(input: Element): boolean {
  if (/^(list|both)$/u.test(input.getAttribute("aria-autocomplete") ?? "")) return true;
  if (/^(listbox|true)$/u.test(input.getAttribute("aria-haspopup") ?? "")) return true;
  const words = /select-?input|type-?ahead|auto-?complete|combo-?box|select2|selectize/iu;
  for (const { name, value } of input.attributes) {
    if (
      /^(class|data-.*)$/u.test(name) &&
      name !== "data-autocomplete-field" &&
      words.test(value)
    ) {
      return true;
    }
  }
  const list = /drop-?down|auto-?complete|type-?ahead|suggest|search-results|listbox/iu;
  for (let next = input.nextElementSibling; next !== null; next = next.nextElementSibling) {
    if (next.matches("label, select, textarea, input:not([type=hidden]), button")) break;
    if (list.test(next.getAttribute("class") ?? "")) return true;
  }
  return false;
}

/** Visible option texts, without the row that stands for "nothing chosen". */
export function optionsOf(control: Element): string[] {
  if (control.matches("[role=listbox]")) {
    return [...control.querySelectorAll("[role=option]")].map((option) =>
      (option.textContent ?? "").replace(/\s+/gu, " ").trim(),
    );
  }
  if (!(control instanceof HTMLSelectElement)) return [];
  return [...control.options]
    .filter((option, index) => {
      const text = option.text.trim();
      if (text === "") return false;
      const isPrompt =
        /^(\W*|[-–—\s]*(please )?(select|choose|pick)\b.*|[-–—\s]*make a (selection|choice)\W*)$/iu.test(
          text,
        );
      return !(isPrompt || (index === 0 && option.value === "" && option.disabled));
    })
    .map((option) => option.text.replace(/\s+/gu, " ").trim());
}

/** The buttons of a row that stands for a choice. */
export function choicesOf(row: Element): Element[] {
  return [...row.children].filter((child) => child.matches("button, [role=button]"));
}
