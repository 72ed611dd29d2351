import { documentPage } from "../document-page.ts";
import { html, type Html, jsonForScript } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import type { WorkableForm } from "./workable-form.ts";

export function postingPage(posting: SeededPosting, applyAddress: string): Html {
  const { title, location, word } = posting;
  return layout(
    posting,
    html`<h1 data-ui="job-title">${title}</h1>
      <p data-ui="job-location">${location}</p>
      <p>We build the software that moves parcels between small islands.</p>
      <a data-ui="overview-apply-now" class="button" href="${applyAddress}">${word("apply")}</a>`,
  );
}

/** Nothing but a script's root: the form is drawn by it. */
export function applyPage(posting: SeededPosting, form: WorkableForm): Html {
  return layout(
    posting,
    html`<h1 data-ui="job-title">${posting.title}</h1>
      <div id="app"></div>
      <script type="application/json" id="practice-form">
        ${jsonForScript(form)}
      </script>
      <script src="/practice/application.js"></script>`,
  );
}

export function wordsPage(posting: SeededPosting, text: string): Html {
  return layout(
    posting,
    html`<h1>${posting.title}</h1>
      <p>${text}</p>`,
  );
}

function layout({ title, company, language }: SeededPosting, body: Html): Html {
  return documentPage({
    title: `${title} - ${company}`,
    language,
    styles,
    body: html`<header>${company}</header>
      <main>${body}</main>`,
  });
}

const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #223; }
header { padding: 1rem 2rem; } main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
fieldset, .field { border: 0; margin: 0 0 1.2rem; padding: 0; }
label, legend { display: block; font-weight: bold; } .choices label { font-weight: normal; }
input:not([type=radio], [type=checkbox], [type=file]), select, textarea { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
.upload { position: relative; } .drop { display: block; border: 1px dashed #889; padding: .8rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); opacity: 0; }
.companion { position: absolute; left: -9999px; }
.box { display: inline-block; border: 1px solid #889; padding: .4rem 1rem; margin-right: .5rem; cursor: pointer; }
.box[aria-checked=true] { background: #223; color: #fff; }
.challenge iframe { width: 300px; height: 65px; border: 1px solid #889; }
[data-ui=error] { color: #b00; } .button, button { padding: .6rem 1.4rem; font: inherit; }
`;
