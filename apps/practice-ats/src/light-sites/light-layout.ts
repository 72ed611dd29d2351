import { documentPage } from "../document-page.ts";
import { html, type Html } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The page around a vendor's own parts. */
export function lightLayout(
  { title, company, language }: SeededPosting,
  { body, styles }: { readonly body: Html; readonly styles: string },
): Html {
  return documentPage({
    title: `${title} - ${company}`,
    language,
    styles: common + styles,
    body: html`<header>${company}</header>
      <main>${body}</main>`,
  });
}

const common = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #223; }
header { padding: 1rem 2rem; } main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
fieldset, .field { border: 0; margin: 0 0 1.2rem; padding: 0; position: relative; }
label, legend, h3 { display: block; font-weight: bold; font-size: 1rem; margin: 0; }
.choice label { display: inline; font-weight: normal; }
input:not([type=radio], [type=checkbox], [type=file]), select, textarea { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
button, .button { padding: .6rem 1.4rem; font: inherit; display: inline-block; }
.error { color: #b00; }
`;
