import { documentPage } from "../document-page.ts";
import { html, type Html } from "../html.ts";

export const embedScriptPath = "/practice/greenhouse-embed.js";

/** The employer's own page: its job, and an empty place that a script puts the vendor's form into. */
export function companyPage(title: string, frameUrl: string): Html {
  return documentPage({
    title: `${title} – Careers at Northwind Practice`,
    language: "en",
    styles,
    body: html`<header><a href="/">Northwind Practice</a></header>
      <h1>Work with us</h1>
      <p>We build the software that moves parcels between small islands.</p>
      <div id="grnhse_app" data-form="${frameUrl}"></div>
      <script src="${embedScriptPath}"></script>`,
  });
}

const styles =
  "body { margin: 0 auto; max-width: 60rem; font: 16px/1.5 sans-serif } iframe { width: 100%; border: 0 }";

/** What the employer's page loads to bring the form in; a little late, as anything from elsewhere is. */
export const embedScript = `
setTimeout(() => {
  const place = document.querySelector("#grnhse_app");
  const frame = document.createElement("iframe");
  frame.id = "grnhse_iframe";
  frame.title = "Greenhouse Job Board";
  frame.height = "2400";
  frame.src = place.dataset.form;
  place.append(frame);
}, 300);
`;
