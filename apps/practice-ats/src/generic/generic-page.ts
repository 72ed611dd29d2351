import type { FieldErrors, FieldValues, FormField } from "../form-field.ts";
import { html, type Html, trustedHtml } from "../html.ts";
import { lightLayout } from "../light-sites/light-layout.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";
import { allGenericFields, type GenericForm, type Honeypot, nameIn } from "./generic-form.ts";
import { genericWords } from "./generic-words.ts";

export type Say = (name: keyof typeof genericWords) => string;

export function sayIn({ language }: SeededPosting): Say {
  return (name) => genericWords[name][language];
}

/** Everything around a page's own part. */
export function genericLayout(posting: SeededPosting, body: Html): Html {
  return lightLayout(posting, { body, styles });
}

export function wordsPage(posting: SeededPosting, heading: string, text: string): Html {
  return genericLayout(
    posting,
    html`<h1>${heading}</h1>
      <p>${text}</p>`,
  );
}

export function postingPage(posting: SeededPosting, ways: Html): Html {
  return genericLayout(
    posting,
    html`<h1>${posting.title}</h1>
      <p>${posting.location}</p>
      <p>We build the software that moves parcels between small islands.</p>
      ${ways}`,
  );
}

export interface StepView {
  readonly posting: SeededPosting;
  readonly form: GenericForm;
  /** From 0. */
  readonly step: number;
  readonly values: FieldValues;
  readonly errors: FieldErrors;
  readonly complaints: readonly string[];
  /** Name of the résumé the server already has. */
  readonly attached: string | undefined;
  /** Whether the page shows its place among the others. */
  readonly isMarked: boolean;
  /** Null on the first page. */
  readonly backAddress: string | null;
  /** Other forms that stand on the page, above and below. */
  readonly others: readonly [above: Html, below: Html] | undefined;
}

export function stepPage(view: StepView): Html {
  const { posting, form, step, errors, complaints, others } = view;
  const said = [...Object.values(errors), ...complaints];
  const [above, below] = others ?? [];
  return genericLayout(
    posting,
    html`${above}
      <h1>${posting.title}</h1>
      ${progress(view)}
      ${
        said.length > 0 &&
        html`<div class="error summary" role="alert">
          <ul>
            ${said.map((one) => html`<li>${one}</li>`)}
          </ul>
        </div>`
      }
      <form method="post" enctype="multipart/form-data" novalidate>
        ${(form.steps[step] ?? []).map(
          ({ heading, fields }) =>
            html`<section>
              <h2>${heading}</h2>
              ${rows(
                view,
                fields.map((one) => question(one, view)),
              )}
            </section>`,
        )}
        ${form.honeypots.map((one) => trap(one, view))} ${wayOn(view, posting.word("next"))}
      </form>
      ${below}`,
  );
}

/** Everything that was given, and the button that sends it. */
export function reviewPage(view: StepView, editAddress: (step: number) => string): Html {
  const { posting, form, values, others } = view;
  const say = sayIn(posting);
  const [above, below] = others ?? [];
  return genericLayout(
    posting,
    html`${above}
      <h1>${say("review")}</h1>
      ${progress(view)}
      ${form.steps.map(
        (step, index) =>
          html`<p><a href="${editAddress(index)}">${say("change")}</a></p>
            <dl>
              ${step
                .flatMap(({ fields }) => fields)
                .map(
                  ({ id, label }) =>
                    html`<dt>${label}</dt>
                      <dd>${[values[id] ?? ""].flat().join(", ")}</dd>`,
                )}
            </dl>`,
      )}
      <form method="post" enctype="multipart/form-data">
        ${wayOn(view, posting.word("submit"))}
      </form>
      ${below}`,
  );
}

function progress({ posting, form, step, isMarked }: StepView): Html | false {
  if (!isMarked) return false;
  const say = sayIn(posting);
  const names = [...form.steps.map(([first]) => first?.heading ?? ""), say("review")];
  return html`<ol class="progress">
    ${names.map((name, at) => html`<li ${at === step && html`aria-current="step"`}>${name}</li>`)}
  </ol>`;
}

function wayOn({ posting, form, backAddress }: StepView, words: string): Html {
  const back =
    backAddress !== null &&
    (form.isBackButton
      ? html`<button type="submit" name="way" value="back">${posting.word("back")}</button>`
      : html`<a href="${backAddress}">${posting.word("back")}</a>`);
  return html`<p class="ways">
    ${back} <button type="submit" name="way" value="on">${words}</button>
  </p>`;
}

function rows({ form }: StepView, drawn: readonly Html[]): Html {
  return form.layout === "table"
    ? html`<table>
        <tbody>
          ${drawn}
        </tbody>
      </table>`
    : html`${drawn}`;
}

function question(one: FormField, { form, posting, values, errors, attached }: StepView): Html {
  const { id, label, required, kind } = one;
  const name = nameIn(form)(one);
  const words = html`${label}${required && html` <span class="required">*</span>`}`;
  const value = values[id] ?? "";
  const control =
    kind === "file"
      ? html`<input type="file" id="${name}" name="${name}" />${attached}`
      : kind === "checkbox"
        ? html`<input
            type="checkbox"
            id="${name}"
            name="${name}"
            value="yes"
            ${value === "yes" && "checked"}
          />`
        : nativeControl(one, { id: name, name, choose: posting.word("choose"), value });
  const error = errors[id] !== undefined && html`<span class="error">${errors[id]}</span>`;
  const isGroup = kind === "radio" || kind === "yes-no" || kind === "checkboxes";
  if (kind === "checkbox") {
    const box = html`${control} <label for="${name}">${words}</label>${error}`;
    return form.layout === "table"
      ? html`<tr data-practice="${id}">
          <td colspan="2">${box}</td>
        </tr>`
      : html`<div class="field" data-practice="${id}">${box}</div>`;
  }
  if (form.layout === "table") {
    return html`<tr data-practice="${id}">
      <th scope="row">${words}</th>
      <td>${control}${error}</td>
    </tr>`;
  }
  if (isGroup) {
    return html`<fieldset data-practice="${id}">
      <legend>${words}</legend>
      ${control}${error}
    </fieldset>`;
  }
  return form.layout === "label-around"
    ? html`<div class="field" data-practice="${id}">
        <label>${words} ${control}</label>${error}
      </div>`
    : html`<div class="field" data-practice="${id}">
        <label for="${name}">${words}</label>${control}${error}
      </div>`;
}

function trap({ field, name, hiddenBy }: Honeypot, { values }: StepView): Html {
  return html`<div class="by-${hiddenBy}" data-practice="${field.id}">
    <label for="${name}">${field.label}</label>
    <input
      type="text"
      id="${name}"
      name="${name}"
      value="${[values[field.id] ?? ""].flat().join("")}"
      autocomplete="off"
      ${hiddenBy !== "name" && html`tabindex="-1"`}
    />
  </div>`;
}

/** The name of every question with what was given for it, as the ledger has it. */
export function givenValues(form: GenericForm, values: FieldValues): FieldValues {
  return Object.fromEntries(allGenericFields(form).map(({ id }) => [id, values[id] ?? ""]));
}

const styles = trustedHtml(`
h2 { font-size: 1.1rem; margin: 1.4rem 0 .5rem; } .ways { display: flex; gap: 1rem; }
ol.progress { display: flex; gap: 1.5rem; padding: 0; } ol.progress [aria-current] { font-weight: bold; }
table { width: 100%; } th { text-align: left; width: 40%; vertical-align: top; font-weight: normal; }
.by-offscreen { position: absolute; left: -8000px; }
.by-height { height: 0; overflow: hidden; }
.by-opacity { opacity: 0; position: absolute; pointer-events: none; }
iframe { width: 100%; height: 2400px; border: 0; }
`).markup;
