import { documentPage } from "../document-page.ts";
import { html, type Html, jsonForScript } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import type { PageConfig } from "./client/config.ts";

const applyWords = {
  en: "I'm interested",
  de: "Jetzt bewerben",
  fr: "Postuler",
  es: "Postularme",
} as const;

export function postingPage(posting: SeededPosting, formPath: string): Html {
  const { title, location, language } = posting;
  return layout(
    posting,
    html`<h1 class="job-title">${title}</h1>
      <p>${location}</p>
      <p>We build the software that moves parcels between small islands.</p>
      <a id="st-apply" class="js-oneclick" href="${formPath}">${applyWords[language]}</a>`,
  );
}

export function formPage(posting: SeededPosting, config: PageConfig): Html {
  return layout(
    posting,
    html`<h1>${posting.title}</h1>
      <oc-oneclick-form></oc-oneclick-form>
      <script type="application/json" id="publication-config">
        ${jsonForScript(config)}
      </script>
      <script src="/oneclick-ui/static/oneclick-page.js"></script>`,
  );
}

export function wordsPage(posting: SeededPosting, heading: string, text: string): Html {
  return layout(
    posting,
    html`<h1>${heading}</h1>
      <p>${text}</p>`,
  );
}

function layout({ title, company, language }: SeededPosting, body: Html): Html {
  return documentPage({
    title: `${company} ${title}`,
    language,
    styles,
    body: html`<header>${company}</header>
      <main>${body}</main>`,
  });
}

const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; background: #f7f7f9; color: #222; }
header { padding: 1rem 2rem; background: #fff; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem; background: #fff; }
.js-oneclick { display: inline-block; padding: .6rem 1.4rem; background: #2a6b3f; color: #fff; text-decoration: none; }
`;
