import { findErrors } from "../../find-errors.ts";
import type { FormField } from "../../form-field.ts";
import type { Answers, PageConfig } from "./config.ts";
import { defineDropzone } from "./spl-dropzone.ts";
import { element, SplField, styleSheet } from "./spl-field.ts";
import { defineFields, elementOf } from "./spl-fields.ts";

/** The two-page form of /oneclick-ui: fields two roots below the page, buttons as well. */
class OneclickForm extends HTMLElement {
  readonly #root = this.attachShadow({ mode: "open" });
  readonly #answers: Answers = { values: new Map(), files: new Map(), errors: new Map() };
  #config: PageConfig | undefined;

  start(config: PageConfig): void {
    this.#config = config;
    this.#root.addEventListener("file-taken", (event) => {
      if (event instanceof CustomEvent) void this.#readResume(event.detail);
    });
    this.#showPage(config, "personal");
  }

  #showPage(config: PageConfig, page: "personal" | "screening"): void {
    const isLast = page === "screening";
    const section = element(isLast ? "sr-screening-questions-form" : "oc-personal-information");
    if (section instanceof FieldSection)
      section.fill(config[page], { config, answers: this.#answers });
    const go = button(
      isLast ? "footer-submit" : "footer-next",
      isLast ? config.words.submit : config.words.next,
    );
    go.addEventListener("click", () => {
      if (!this.#isComplete(config[page], section)) return;
      if (isLast) void this.#send(config);
      else setTimeout(() => this.#showPage(config, "screening"), 300);
    });
    const back = button("footer-back", config.words.back);
    back.addEventListener("click", () => this.#showPage(config, "personal"));
    const footer = element("footer", {}, ...(isLast ? [back] : []), go);
    this.#root.replaceChildren(styleSheet(), section, footer);
  }

  #isComplete(fields: readonly FormField[], section: HTMLElement): boolean {
    const { values, files, errors } = this.#answers;
    const sent = Object.fromEntries(
      fields.map(({ id, kind }): [string, readonly string[]] => {
        const file = files.get(id);
        if (kind === "file") return [id, file === undefined ? [] : [file.name]];
        return [id, values.get(id) ?? []];
      }),
    );
    errors.clear();
    const isKnown = fields.filter(({ id, kind }) => kind !== "checkbox" && id !== "city");
    for (const [id, words] of Object.entries(findErrors(isKnown, sent))) errors.set(id, words);
    for (const { id, kind, required } of fields) {
      const isEmpty = (values.get(id) ?? []).length === 0;
      if ((kind === "checkbox" || id === "city") && required && isEmpty) errors.set(id, "Required");
    }
    if (section instanceof FieldSection) section.redraw([...errors.keys()]);
    return errors.size === 0;
  }

  async #readResume({ id, file }: { readonly id: string; readonly file: File }): Promise<void> {
    const config = this.#config;
    if (config === undefined || id !== "resume") return;
    const body = new FormData();
    body.set("file", file);
    const { api, query, overwrites } = config;
    const answer = await fetch(`${api}/resume${query}`, { method: "POST", body });
    // Boundary: our own server's answer.
    const read = (await answer.json()) as Record<string, string>;
    const { values } = this.#answers;
    const changed = Object.keys(read).filter(
      (key) => overwrites || (values.get(key)?.[0] ?? "") === "",
    );
    for (const key of changed) values.set(key, [read[key] ?? ""]);
    const section = this.#root.querySelector("oc-personal-information");
    if (section instanceof FieldSection) section.redraw(changed);
  }

  async #send({ api, query, words }: PageConfig): Promise<void> {
    const body = new FormData();
    for (const [id, values] of this.#answers.values) {
      for (const value of values) body.append(id, value);
    }
    const resume = this.#answers.files.get("resume");
    if (resume !== undefined) body.append("resume", resume);
    const answer = await fetch(`${api}/candidates${query}`, { method: "POST", body });
    // Boundary: our own server's answer.
    const { result, message } = (await answer.json()) as { result: string; message?: string };
    if (result === "stored") return this.#end(words.thanks, words.received);
    if (result === "already-applied") return this.#end(words.alreadyApplied, "");
    if (result === "soft-error") return this.#end(words.softError, "");
    this.#root.querySelector("[role=alert]")?.remove();
    this.#root.prepend(element("div", { role: "alert", class: "c-spl-error" }, message ?? ""));
  }

  #end(heading: string, text: string): void {
    const page = document.createElement("oc-success-page");
    const root = page.attachShadow({ mode: "open" });
    const mark = { "data-test": "success-page-confirmation" };
    root.append(element("h2", text === "" ? {} : mark, heading), element("p", {}, text));
    this.#root.replaceChildren(page);
  }
}

/** The fields of one page, in a root between the form and theirs. */
class FieldSection extends HTMLElement {
  readonly #root = this.attachShadow({ mode: "open" });
  readonly #hosts = new Map<string, SplField>();

  fill(fields: readonly FormField[], context: { config: PageConfig; answers: Answers }): void {
    this.#root.append(styleSheet());
    for (const field of fields) {
      const host = document.createElement(
        field.kind === "file" ? "spl-dropzone" : elementOf(field),
      );
      if (!(host instanceof SplField)) continue;
      if (field.kind === "file") host.dataset["test"] = `${field.id}-upload`;
      host.id = context.config.repeatsIds ? "spl-field" : `${field.id}-input`;
      host.dataset["practice"] = field.id;
      host.show(field, context);
      this.#hosts.set(field.id, host);
      this.#root.append(host);
    }
  }

  redraw(ids: readonly string[]): void {
    for (const id of ids) this.#hosts.get(id)?.draw();
  }
}

/** A button whose words stand outside the root that its real button is in. */
class SplButton extends HTMLElement {
  readonly #root = this.attachShadow({ mode: "open" });

  connectedCallback(): void {
    this.#root.replaceChildren(
      styleSheet(),
      element("button", { type: "button", part: "button" }, element("span", {}, element("slot"))),
    );
  }
}

function button(mark: string, words: string): HTMLElement {
  return element("spl-button", { "data-test": mark }, words);
}

defineFields();
defineDropzone();
customElements.define("spl-button", SplButton);
customElements.define("oc-personal-information", FieldSection);
customElements.define("sr-screening-questions-form", class extends FieldSection {});
customElements.define("oc-oneclick-form", OneclickForm);
void draw();

/** The form is drawn once its own request for the publication's parts was answered. */
async function draw(): Promise<void> {
  const form = document.querySelector("oc-oneclick-form");
  const written = document.querySelector("#publication-config")?.textContent;
  if (!(form instanceof OneclickForm) || written === undefined || written === null) return;
  // Boundary: our own server wrote it.
  const config = JSON.parse(written) as PageConfig;
  const answer = await fetch(`${config.api}/config${config.query}`);
  // Boundary: our own server's answer.
  const { fieldSets } = (await answer.json()) as { fieldSets: Record<string, unknown> };
  if (fieldSets["firstAndLastName"] !== undefined) form.start(config);
}
