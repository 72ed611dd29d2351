import type { FormField } from "../../form-field.ts";
import { element, type FieldContext, labelFor, SplField } from "./spl-field.ts";

/** Takes a file, empties its input and shows the name in a tile that is an element of its own. */
export class SplDropzone extends SplField {
  protected override parts(field: FormField, context: FieldContext): Node[] {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "file-input";
    input.accept = ".pdf,.doc,.docx,.txt,.rtf";
    const held = context.answers.files.get(field.id);
    const zone = element(
      "div",
      { class: "c-spl-dropzone" },
      "Choose a file or drop it here",
      input,
    );
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file === undefined) return;
      context.answers.files.set(field.id, file);
      context.answers.errors.delete(field.id);
      this.draw();
      this.dispatchEvent(
        new CustomEvent("file-taken", {
          bubbles: true,
          composed: true,
          detail: { id: field.id, file },
        }),
      );
    });
    const tile = element("spl-file-tile", { name: held?.name ?? "" });
    return [labelFor(field, "file-input"), zone, ...(held === undefined ? [] : [tile])];
  }
}

/** The name of a file that was taken, drawn in its own root. */
class SplFileTile extends HTMLElement {
  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.replaceChildren(
      element("span", { class: "c-spl-file-name" }, this.getAttribute("name") ?? ""),
    );
  }
}

export function defineDropzone(): void {
  customElements.define("spl-dropzone", SplDropzone);
  customElements.define("spl-file-tile", SplFileTile);
}
