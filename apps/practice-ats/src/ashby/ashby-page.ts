import { type DocumentPage, documentPage } from "../document-page.ts";
import { html, type Html } from "../html.ts";

export const scriptPath = "/practice/ashby.js";
export const embedScriptPath = "/practice/ashby-embed.js";

/** Empty until its script has asked for the posting. */
export function ashbyPage(title: string, language: string): Html {
  return shell({
    title: `${title} @ Northwind Practice`,
    language,
    body: html`<div id="root"></div>
      <script src="${scriptPath}"></script>`,
  });
}

export function ashbyWordsPage(heading: string, text: string): Html {
  return shell({
    title: heading,
    language: "en",
    body: html`<main>
      <h1>${heading}</h1>
      <p>${text}</p>
    </main>`,
  });
}

/** The employer's own page with an empty place that a script puts the vendor's form into. */
export function ashbyCompanyPage(title: string, frameUrl: string): Html {
  return shell({
    title: `${title} – Northwind Practice`,
    language: "en",
    body: html`<main>
        <h1>Careers at Northwind Practice</h1>
        <p>We build the software that moves parcels between small islands.</p>
        <div id="ashby_embed" data-form="${frameUrl}"></div>
      </main>
      <script src="${embedScriptPath}"></script>`,
  });
}

export const embedScript = `
setTimeout(() => {
  const place = document.querySelector("#ashby_embed");
  const frame = document.createElement("iframe");
  frame.id = "ashby_embed_iframe";
  frame.title = "Ashby Job Board";
  frame.height = "2400";
  frame.src = place.dataset.form;
  place.append(frame);
}, 300);
`;

function shell(page: Omit<DocumentPage, "styles">): Html {
  return documentPage({ ...page, styles });
}

/** The mark of a required question is drawn by the style alone. */
const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #23272d; }
main, #root { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
iframe { width: 100%; border: 0; }
.ashby-application-form-field-entry { margin: 0 0 1.4rem; border: 0; padding: 0; position: relative; }
.ashby-application-form-question-title { display: block; margin-bottom: .3rem; font-weight: bold; }
._required_f7cvd_91::after { content: "*"; color: #b3261e; margin-left: .2rem; }
input[type=text], input[type=email], input[type=tel], input[type=number], textarea { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
._option_y2cw4_12 { padding: .4rem 1.4rem; font: inherit; border: 1px solid #889; background: #fff; cursor: pointer; }
._option_y2cw4_12[aria-pressed=true] { background: #23272d; color: #fff; }
._yesno_hkyf8_25 input { position: absolute; opacity: 0; width: 1px; height: 1px; pointer-events: none; }
[role=listbox] { position: absolute; z-index: 9; background: #fff; border: 1px solid #889; min-width: 20rem; }
[role=option] { padding: .4rem .7rem; cursor: pointer; }
[role=option][aria-selected=true] { background: #e8ebf5; }
.ashby-application-form-autofill-pane { border: 1px dashed #889; padding: 1rem; margin-bottom: 1.5rem; }
[role=alert] { border: 1px solid #b3261e; padding: .6rem 1rem; margin-bottom: 1rem; }
button { font: inherit; cursor: pointer; }
`;
