import type { FormField } from "@valet/contracts";
import { pageScript } from "./page-script.ts";

/** A button that adds a row to some list of the form. */
export interface AddButton {
  readonly selector: FormField["selector"];
  readonly text: string;
  /** The heading it stands below. */
  readonly heading: string;
  /** Index of the last of the given fields before it; -1 where it comes first. */
  readonly after: number;
}

/** Visible buttons whose words begin with adding. Changes nothing. */
export const readAddButtons = pageScript<readonly FormField["selector"][], AddButton[]>(
  (kit, selectors) => {
    const fields = selectors.map((selector) => kit.resolveAll(selector)[0]);
    const isBefore = (one: Element | undefined, other: Element): boolean =>
      one !== undefined &&
      (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const words =
      /^\W*(add|weitere|hinzufügen|ajouter|añadir|agregar|aggiungi|adicionar|toevoegen|dodaj)\b|\b(hinzufügen|toevoegen)\W*$/iu;
    const headingOf = (button: Element): string => {
      for (let node = button.parentElement, depth = 0; node !== null && depth < 6; depth += 1) {
        const above = [
          ...node.querySelectorAll("h1, h2, h3, h4, h5, h6, legend, [role=heading]"),
        ].filter((heading) => isBefore(heading, button));
        const last = above.at(-1);
        if (last !== undefined) return kit.textOf(last).slice(0, 120);
        const name = node.getAttribute("aria-label");
        if (name !== null) return name.slice(0, 120);
        node = node.parentElement;
      }
      return "";
    };
    return kit
      .deepQuery(document, "button, input[type=button], [role=button], a[role=button]")
      .filter((button) => !button.matches(":disabled, [aria-disabled=true]"))
      .map((button) => ({
        button,
        text:
          (button instanceof HTMLInputElement ? button.value : kit.textOf(button)) ||
          (button.getAttribute("aria-label") ?? ""),
      }))
      .filter(({ button, text }) => text.length <= 60 && words.test(text) && kit.isShown(button))
      .map(({ button, text }) => ({
        selector: kit.selectorOf(button),
        text,
        heading: headingOf(button),
        after: fields.findLastIndex((field) => isBefore(field, button)),
      }));
  },
);
