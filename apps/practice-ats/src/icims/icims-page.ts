import { documentPage } from "../document-page.ts";
import type { FieldErrors, FieldValues, FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";
import { icimsControl } from "./icims-control.ts";
import { countryId, type IcimsForm, isHiddenRow, isPassword } from "./icims-form.ts";

/** The employer's page: everything that matters is in its frame. */
export function outerPage(posting: SeededPosting, frameAddress: string): Html {
  return layout(posting, {
    body: html`<header class="iCIMS_Header">${posting.company}</header>
      <h1 class="visually-hidden">Careers</h1>
      <iframe
        id="icims_content_iframe"
        name="icims_content_iframe"
        title="iCIMS Content iFrame"
        src="${frameAddress}"
      ></iframe>`,
  });
}

export function postingPage(posting: SeededPosting, applyAddress: string): Html {
  const { title, location, word } = posting;
  return inner(
    posting,
    html`<h1 class="iCIMS_Header">${title}</h1>
      <div class="iCIMS_JobHeaderData">${location}</div>
      <p>We build the software that moves parcels between small islands.</p>
      <a class="iCIMS_Anchor iCIMS_Action_Button iCIMS_ApplyOnlineButton" href="${applyAddress}"
        >${word("apply")}</a
      >`,
  );
}

export function emailPage(
  posting: SeededPosting,
  { form, errors }: { readonly form: IcimsForm; readonly errors: FieldErrors },
): Html {
  const { word } = posting;
  return inner(
    posting,
    html`<h1>${posting.title}</h1>
      <form id="enterEmailForm" method="post" novalidate>
        ${form.email.map((one) =>
          one.kind === "checkbox"
            ? html`<div class="iCIMS_TableRow" data-practice="${one.id}">
                <input type="checkbox" id="${one.id}" name="${one.id}" value="true" />
                <label for="${one.id}">${one.label}</label>
              </div>`
            : row(one, { values: {}, errors }),
        )}
        <div class="h-captcha" data-sitekey="practice" data-size="invisible"></div>
        <input type="submit" id="enterEmailSubmitButton" value="${word("next")}" />
      </form>`,
  );
}

export interface StepPage {
  readonly posting: SeededPosting;
  readonly form: IcimsForm;
  readonly values: FieldValues;
  readonly errors: FieldErrors;
  readonly complaints?: readonly string[];
  /** Name of the résumé the server already has. */
  readonly resume: string | undefined;
}

export function profilePage(step: StepPage): Html {
  const { posting, form, resume } = step;
  const upload = html`<div class="iCIMS_TableRow" data-practice="${form.resume.id}">
    <label for="${form.resume.id}">${form.resume.label}*</label>
    <input type="file" id="${form.resume.id}" name="${form.resume.id}" />
    ${resume !== undefined && html`<span class="iCIMS_FileName">${resume}</span>`}
  </div>`;
  return inner(
    posting,
    html`<h1>${posting.title}</h1>
      ${summary(step)}
      <form id="cp_form" method="post" enctype="multipart/form-data" novalidate>
        <input type="hidden" name="upload_only" value="" />
        ${!form.isResumeLast && upload}
        ${form.profile.filter((one) => !one.id.includes("CandProfileFields")).map((one) => row(one, step))}
        ${collection(step)} ${form.isResumeLast && upload}
        <input
          type="submit"
          id="cp_form_submit_i"
          value="${form.isProfileLast ? "Submit Profile" : posting.word("next")}"
        />
      </form>`,
  );
}

export function questionsPage(step: StepPage): Html {
  const { posting, form } = step;
  const dates = new Set<string>();
  return inner(
    posting,
    html`<h1>${posting.title}</h1>
      ${summary(step)}
      <form id="quest_form" method="post" enctype="multipart/form-data" novalidate>
        ${form.questions.map((one) => {
          const date = /^(.*)_(?:Month|Date|Year)$/.exec(one.id)?.[1];
          if (date === undefined) return row(one, step);
          if (dates.has(date)) return undefined;
          dates.add(date);
          return dateRow(date, step);
        })}
        <input type="submit" id="quest_form_submit_i" value="${posting.word("submit")}" />
      </form>`,
  );
}

export function codePage(posting: SeededPosting): Html {
  return inner(
    posting,
    html`<h1>Check your email</h1>
      <p>We sent a one-time code to your email address. Enter it to continue.</p>
      <form id="codeForm" method="post">
        <label for="otp">One-time code</label>
        <input id="otp" name="otp" autocomplete="one-time-code" required />
        <input type="submit" value="Verify" />
      </form>`,
  );
}

export function consentPage(posting: SeededPosting, onward: string): Html {
  return inner(
    posting,
    html`<h1>Data protection</h1>
      <p>Before you go on we need your consent to keep your data in our talent community.</p>
      <a class="iCIMS_PrimaryButton" role="button" href="${onward}">I Accept</a>`,
  );
}

export function wordsPage(posting: SeededPosting, heading: string, text: string): Html {
  return inner(
    posting,
    html`<div class="iCIMS_ThankYou">
      <h1>${heading}</h1>
      <p>${text}</p>
    </div>`,
  );
}

function summary({ errors, complaints = [] }: StepPage): Html | false {
  const said = [...Object.values(errors), ...complaints];
  return said.length > 0 && html`<div class="iCIMS_ErrorMsg" role="alert">${said.join(". ")}</div>`;
}

type Row = Pick<StepPage, "values" | "errors">;

function row(field: FormField, { values, errors }: Row): Html {
  const { id, label, kind, required } = field;
  const value = values[id] ?? "";
  const mark = required && html`<span class="Field_Required">*</span>`;
  const isGroup = kind === "radio" || kind === "yes-no" || kind === "checkboxes";
  const isList = kind === "select" || kind === "late-select";
  const control = isPassword(field)
    ? html`<input type="password" id="${id}" name="${id}" aria-required="true" />`
    : isList
      ? icimsControl(field, { isSearched: id === countryId, value: String(value) })
      : nativeControl(field, { id, name: id, choose: "", value });
  const invalid = errors[id] !== undefined && html`<span class="field-error">${errors[id]}</span>`;
  return isGroup
    ? html`<fieldset class="iCIMS_TableRow" data-practice="${id}">
        <legend>${label}${mark}</legend>
        ${control}${invalid}
      </fieldset>`
    : html`<div class="iCIMS_TableRow" data-practice="${id}">
        <label for="${id}">${label}${mark}</label> ${control}${invalid}
      </div>`;
}

/** Rows of a collection are all there; only the first is shown. */
function collection(step: StepPage): Html | false {
  const fields = step.form.profile.filter(({ id }) => id.includes("CandProfileFields"));
  if (fields.length === 0) return false;
  return html`<fieldset class="iCIMS_Collection">
    <legend>Work experience</legend>
    <div>${fields.filter((one) => !isHiddenRow(one)).map((one) => row(one, step))}</div>
    <div id="-2_row" hidden>${fields.filter(isHiddenRow).map((one) => row(one, step))}</div>
    <button type="button" class="iCIMS_AddMore">Add More</button>
  </fieldset>`;
}

function dateRow(date: string, step: StepPage): Html {
  const parts = step.form.questions.filter(({ id }) => id.startsWith(`${date}_`));
  const [first] = parts;
  return html`<fieldset class="iCIMS_TableRow">
    <legend>${first?.label}${first?.required === true && "*"}</legend>
    ${parts.map((part) => {
      const name = part.id.slice(date.length + 1);
      return html`<span data-practice="${part.id}">
        <label for="${part.id}">${name === "Date" ? "Day" : name}</label>
        ${nativeControl(part, { id: part.id, name: part.id, choose: "--", value: step.values[part.id] ?? "" })}
      </span>`;
    })}
  </fieldset>`;
}

/** What belongs into the frame leaves for the page around it when it is opened alone. */
function inner(posting: SeededPosting, body: Html): Html {
  return layout(posting, {
    body: html`<div class="iCIMS_MainWrapper">${body}</div>`,
    head: html`<script src="/practice/frame-only.js"></script>`,
    foot: html`<script src="/practice/portal.js"></script>`,
  });
}

function layout(
  { company, title, language }: SeededPosting,
  { body, head, foot }: { readonly body: Html; readonly head?: Html; readonly foot?: Html },
): Html {
  return documentPage({
    title: `${title} | ${company}`,
    language,
    styles,
    head,
    body: html`${body} ${foot}`,
  });
}

const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #222; }
.iCIMS_Header { padding: .6rem 1rem; }
#icims_content_iframe { width: 100%; height: 2400px; border: 0; }
.iCIMS_MainWrapper { max-width: 44rem; margin: 0 auto; padding: 1rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }
.iCIMS_TableRow, fieldset { margin: 0 0 1rem; padding: 0; border: 0; position: relative; }
label, legend { display: block; font-weight: bold; } .choice label { display: inline; font-weight: normal; }
input:not([type=radio], [type=checkbox], [type=file], [type=submit]), textarea { width: 100%; box-sizing: border-box; padding: .4rem; font: inherit; }
.iCIMS_ErrorMsg { border: 1px solid #b00; color: #b00; padding: .5rem; }
.dropdown-select { display: block; border: 1px solid #888; padding: .4rem; color: inherit; text-decoration: none; }
.dropdown-container { position: absolute; left: 0; right: 0; z-index: 4; background: #fff; border: 1px solid #888; }
.dropdown-results { list-style: none; margin: 0; padding: 0; max-height: 14rem; overflow: auto; }
.dropdown-results li { padding: .3rem .5rem; cursor: pointer; }
`;
