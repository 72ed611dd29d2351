import { captchaLetters, captchaPicture } from "../captcha-picture.ts";
import { documentPage } from "../document-page.ts";
import type { FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { cardId, cardName } from "./card-name.ts";
import type { LeverForm } from "./lever-form.ts";

export function postingPage(posting: SeededPosting, applyPath: string): Html {
  const { title, company, location, word } = posting;
  return layout(
    `${company} - ${title}`,
    posting,
    html`<div class="posting-headline">
        <h2>${title}</h2>
        <div class="posting-categories">${location}</div>
      </div>
      <p>We build the software that moves parcels between small islands.</p>
      <a class="postings-btn" data-qa="btn-apply" href="${applyPath}">${word("apply")}</a>`,
  );
}

export interface ApplyPage {
  readonly posting: SeededPosting;
  readonly form: LeverForm;
  /** Of the server's own check; the values that were sent are gone then, as on the real site. */
  readonly errors: readonly string[];
  readonly hasChallenge: boolean;
}

export function applyPage({ posting, form, errors, hasChallenge }: ApplyPage): Html {
  const { word, title, company } = posting;
  return layout(
    `${company} - ${title}`,
    posting,
    html`<div class="posting-headline"><h2>${title}</h2></div>
      ${errors.length > 0 && html`<div class="error-message" role="alert">${errors.join(" ")}</div>`}
      <form id="application-form" method="POST" enctype="multipart/form-data" novalidate>
        <div class="section">
          <h4>${word("apply")}</h4>
          <ul>
            ${form.basics.map(basic)}
          </ul>
        </div>
        <div class="section">
          <h4>Links</h4>
          <ul>
            ${form.links.map(basic)}
          </ul>
        </div>
        ${form.cards.map((card) => cardSection(card, posting))}
        ${form.equalOpportunity.length > 0 && eeoSection(form, posting)}
        ${form.consents.map(consent)}
        <input type="hidden" name="accountId" value="practice" />
        <div
          id="challenge"
          class="h-captcha"
          data-sitekey="practice"
          data-size="invisible"
          ${hasChallenge ? "data-asks" : ""}
          hidden
        >
          ${captchaPicture(captchaLetters(`lever ${posting.seed}`))}
          <label for="challenge-answer">Type the letters you see in the picture</label>
          <input id="challenge-answer" name="challenge" autocomplete="off" />
        </div>
        <button id="btn-submit" type="button" data-qa="btn-submit" class="postings-btn">
          ${word("submit")}
        </button>
        <button id="hcaptchaSubmitBtn" type="submit" class="hidden" hidden></button>
      </form>
      <script src="/practice/apply-page.js"></script>`,
  );
}

export function wordsPage(posting: SeededPosting, heading: string, text: string): Html {
  return layout(
    `${posting.company} - ${posting.title}`,
    posting,
    html`<h3 data-qa="msg-submit-success">${heading}</h3>
      <p>${text}</p>`,
  );
}

function basic(field: FormField): Html {
  const mark = field.required && html`<span class="required">✱</span>`;
  return html`<li class="application-question" data-practice="${field.id}">
    <label>
      <div class="application-label">${field.label}${mark}</div>
      <div class="application-field">${basicControl(field)}</div>
    </label>
  </li>`;
}

function basicControl({ id, kind, required }: FormField): Html {
  if (id === "resume") {
    return html`<a class="postings-btn visible-resume-upload">Attach resume/CV</a>
      <input id="resume-upload-input" class="invisible-resume-upload" name="resume" type="file" />
      <span class="resume-upload-working" hidden>Analyzing resume…</span>
      <span class="resume-upload-success" hidden>Success!</span>
      <span class="resume-upload-failure" hidden>Couldn't auto-read resume.</span>
      <span class="filename"></span>`;
  }
  if (id === "location") {
    return html`<input
        id="location-input"
        class="location-input"
        name="location"
        type="text"
        autocomplete="off"
        data-qa="location-input"
      />
      <input id="selected-location" type="hidden" name="selectedLocation" />
      <div class="dropdown-container" hidden><div class="dropdown-results"></div></div>`;
  }
  const type = kind === "email" ? "email" : "text";
  return html`<input name="${id}" type="${type}" ${required ? "required" : ""} />`;
}

/** The text of a card stands beside its controls; no label belongs to them. */
function cardSection(card: FormField, posting: SeededPosting): Html {
  const template = {
    text: posting.title,
    fields: [
      {
        type: cardType(card),
        text: card.label,
        required: card.required,
        ...(card.choices.length > 0 && {
          options: card.choices.map(({ label }, index) => ({ text: label, optionId: `o${index}` })),
        }),
      },
    ],
  };
  return html`<div class="section page-centered">
    <ul>
      <li class="application-question custom-question" data-practice="${card.id}">
        <input
          type="hidden"
          name="cards[${cardId(card.id)}][baseTemplate]"
          value="${JSON.stringify(template)}"
        />
        <div class="application-label full-width">
          <div class="text">
            ${card.label}${card.required && html`<span class="required">✱</span>`}
          </div>
        </div>
        <div class="application-field full-width">${cardControl(card, posting)}</div>
      </li>
    </ul>
  </div>`;
}

function cardType({ kind }: FormField): string {
  if (kind === "checkboxes") return "multiple-select";
  if (kind === "select" || kind === "late-select") return "dropdown";
  if (kind === "radio" || kind === "yes-no") return "multiple-choice";
  return kind === "textarea" ? "textarea" : "text";
}

function cardControl(card: FormField, posting: SeededPosting): Html {
  const name = cardName(card.id);
  switch (cardType(card)) {
    case "multiple-select":
      return choices(card, name, "checkbox");
    case "multiple-choice":
      return choices(card, name, "radio");
    case "dropdown":
      return html`<div class="application-dropdown">
        <select name="${name}">
          <option value="">${posting.word("choose")}</option>
          ${card.choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
        </select>
      </div>`;
    case "textarea":
      return html`<textarea name="${name}" class="card-field-input"></textarea>`;
    default:
      return html`<input type="text" name="${name}" class="card-field-input" />`;
  }
}

function choices({ choices: offered }: FormField, name: string, type: "radio" | "checkbox"): Html {
  return html`<ul data-qa="multiple-choice">
    ${offered.map(
      ({ value, label }) =>
        html`<li>
          <label
            ><input type="${type}" name="${name}" value="${value}" /><span
              class="application-answer-alternative"
              >${label}</span
            ></label
          >
        </li>`,
    )}
  </ul>`;
}

function eeoSection({ equalOpportunity }: LeverForm, { word }: SeededPosting): Html {
  return html`<div class="section eeo-section">
    <h4>${word("voluntary")}</h4>
    <ul>
      ${equalOpportunity.map(
        (one) =>
          html`<li class="application-question" data-practice="${one.id}">
            <label
              ><div class="application-label">${one.label}</div>
              <div class="application-field">
                <select name="eeo[${one.id}]">
                  <option value="">${word("choose")}</option>
                  ${one.choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
                </select>
              </div></label
            >
          </li>`,
      )}
    </ul>
  </div>`;
}

function consent({ id, label }: FormField): Html {
  return html`<div class="section" data-practice="${id}">
    <label><input type="checkbox" name="consent[marketing]" value="true" /> ${label}</label>
  </div>`;
}

function layout(title: string, { language }: SeededPosting, body: Html): Html {
  return documentPage({
    title,
    language,
    styles,
    body: html`<div class="main-header"><a href="#">Northwind Practice</a></div>
      <div class="content">${body}</div>`,
  });
}

const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #24282c; background: #f5f6f7; }
.main-header { padding: 1rem 2rem; background: #fff; }
.content { max-width: 44rem; margin: 0 auto; padding: 1.5rem; }
.section { background: #fff; border: 1px solid #dde1e4; padding: 1rem 1.5rem; margin-bottom: 1rem; }
ul { list-style: none; margin: 0; padding: 0; }
.application-question { margin-bottom: 1rem; position: relative; }
.application-label { margin-bottom: .25rem; }
.required { color: #c0392b; margin-left: .2rem; }
input[type=text], input[type=email], select, textarea { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
.invisible-resume-upload { position: absolute; opacity: 0; width: 12rem; height: 2.2rem; left: 0; }
.postings-btn { display: inline-block; padding: .5rem 1.2rem; background: #00457c; color: #fff; border: 0; font: inherit; cursor: pointer; text-decoration: none; }
.dropdown-container { position: absolute; z-index: 5; left: 0; right: 0; background: #fff; border: 1px solid #888; }
.dropdown-location { padding: .4rem; cursor: pointer; }
.error-message { background: #fdecea; border: 1px solid #c0392b; padding: .6rem 1rem; margin-bottom: 1rem; }
#challenge:not([hidden]) { position: fixed; inset: 20% 25%; padding: 2rem; background: #fff; border: 2px solid #444; z-index: 20; }
`;
