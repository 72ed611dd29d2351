import { documentPage } from "../document-page.ts";
import { html, type Html, jsonForScript } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import type { FlowConfig } from "./client/config.ts";
import { workdayWords } from "./workday-words.ts";

export function postingPage(posting: SeededPosting, applyAddress: string): Html {
  const { title, location, word } = posting;
  const words = { en: "Apply", de: word("apply"), fr: word("apply"), es: "Postularme" };
  return layout(
    posting,
    html`<h2 data-automation-id="jobPostingHeader">${title}</h2>
      <div data-automation-id="locations">${location}</div>
      <a role="button" href="${applyAddress}" data-automation-id="adventureButton"
        >${words[posting.language]}</a
      >
      <div data-automation-id="jobPostingDescription">
        <p>We build the software that moves parcels between small islands.</p>
      </div>`,
  );
}

/** Three ways to begin, each an address of its own. */
export function startPage(posting: SeededPosting, base: string, query: string): Html {
  const words = workdayWords(posting.language);
  return layout(
    posting,
    html`<h2>${posting.title}</h2>
      <div data-automation-id="applyAdventurePage">
        <a
          role="button"
          href="${base}/autofillWithResume${query}"
          data-automation-id="autofillWithResume"
          >${words.autofill}</a
        >
        <a role="button" href="${base}/applyManually${query}" data-automation-id="applyManually"
          >${words.manually}</a
        >
      </div>`,
  );
}

export function flowPage(posting: SeededPosting, config: FlowConfig): Html {
  return layout(
    posting,
    html`<h1>${posting.title}</h1>
      <div id="apply-flow"></div>
      <script type="application/json" id="flow-config">
        ${jsonForScript(config)}
      </script>
      <script src="/practice/apply-flow.js"></script>`,
  );
}

export function wordsPage(posting: SeededPosting, heading: string, text: string): Html {
  return layout(
    posting,
    html`<h2>${heading}</h2>
      <p>${text}</p>`,
  );
}

function layout({ title, company, language }: SeededPosting, body: Html): Html {
  return documentPage({
    title,
    language,
    styles,
    body: html`<header>${company}</header>
      <main>${body}</main>`,
  });
}

const styles = `
body { margin: 0; font: 15px/1.5 "Liberation Sans", Arial, sans-serif; background: #fff; color: #333; }
header { padding: 1rem 2rem; background: #eef; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem; }
[data-fkit-id] { margin-bottom: 1rem; position: relative; }
label, legend { display: block; padding: 0; }
legend p { margin: 0; }
fieldset { border: 0; padding: 0; margin: 0; }
.wd-mark { color: #b00; }
.wd-choice { display: flex; gap: .4rem; }
input[type=text]:not([role=spinbutton], .css-twin), textarea, button[aria-haspopup] { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; text-align: left; border: 1px solid #888; background: #fff; }
.css-twin { position: absolute; opacity: 0; pointer-events: none; left: 0; bottom: 0; width: 100%; height: 2rem; }
.wd-popup { position: fixed; z-index: 9; background: #fff; border: 1px solid #888; max-height: 16rem; overflow: auto; }
.wd-popup ul { list-style: none; margin: 0; padding: 0; }
.wd-popup [role=option] { padding: .4rem; cursor: pointer; }
.wd-folded { transform: scale(0); }
.wd-prompt { border: 1px solid #888; padding: .2rem; }
.wd-prompt ul { list-style: none; margin: 0; padding: 0; }
[data-automation-id=selectedItem] { display: flex; gap: .5rem; background: #eee; width: fit-content; padding: 0 .5rem; }
.wd-drop { border: 2px dashed #888; padding: 1rem; }
.wd-busy { width: 2rem; height: 1rem; background: #ccc; }
.wd-error { color: #b00; }
.wd-away { position: absolute; left: -9999px; }
.wd-spoken { position: absolute; clip: rect(0 0 0 0); width: 1px; height: 1px; overflow: hidden; }
.wd-filtered { position: relative; width: 10rem; height: 2.5rem; }
.wd-filtered button { width: 100%; height: 100%; }
[data-automation-id=click_filter] { position: absolute; inset: 0; cursor: pointer; }
[data-automation-id=pageFooterNextButton] { padding: .6rem 1.4rem; }
`;
