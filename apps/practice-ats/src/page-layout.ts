import { documentPage } from "./document-page.ts";
import { html, type Html } from "./html.ts";

/** A page with the plain site's look. */
export function pageLayout(title: string, body: Html): Html {
  return documentPage({
    title,
    language: "en",
    styles,
    head: html`<meta name="viewport" content="width=device-width, initial-scale=1" />`,
    body,
  });
}

const styles = `
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #cfd6df; --accent: #0b5c6b; --bad: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; padding: 0 1rem; background: #f4f6f8; color: var(--ink); font: 16px/1.5 "Liberation Sans", Arial, sans-serif; }
header, main { max-width: 46rem; margin: 0 auto; padding: 1rem 2rem; }
main.wide, header.wide { max-width: 70rem; }
header { padding-top: 1.5rem; color: var(--soft); font-weight: bold; }
main { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 2rem; margin-bottom: 3rem; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
a { color: var(--accent); }
.soft { color: var(--soft); margin: 0 0 1.25rem; }
.field, fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; min-width: 0; }
label, legend { display: block; font-weight: bold; margin-bottom: .3rem; padding: 0; }
.choice { display: flex; gap: .5rem; align-items: center; margin: .25rem 0; }
.choice label { font-weight: normal; margin: 0; }
input:not([type=radio], [type=checkbox], [type=file]), select, textarea {
  width: 100%; padding: .55rem .7rem; font: inherit; color: inherit; background: #fff; border: 1px solid #8d98a7; border-radius: 5px; }
textarea { min-height: 8rem; }
input:focus, select:focus, textarea:focus, button:focus-visible { outline: 3px solid #9fd3dc; outline-offset: 1px; }
[aria-invalid=true] { border-color: var(--bad) !important; }
.required { color: var(--bad); }
.hint { color: var(--soft); font-size: .9rem; margin: .2rem 0 0; }
.error { color: var(--bad); font-size: .9rem; margin: .3rem 0 0; }
.summary { border: 1px solid var(--bad); border-left-width: 6px; border-radius: 5px; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.summary p { margin: 0; font-weight: bold; } .summary ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.actions { display: flex; justify-content: space-between; flex-direction: row-reverse; margin-top: 2rem; }
button, .button { font: inherit; font-weight: bold; padding: .6rem 1.3rem; border-radius: 5px; border: 1px solid var(--accent);
  background: var(--accent); color: #fff; cursor: pointer; text-decoration: none; display: inline-block; }
.secondary { background: #fff; color: var(--accent); }
dl { display: grid; grid-template-columns: minmax(10rem, 2fr) 3fr; gap: .4rem 1.5rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); }
code { background: #eef1f4; border-radius: 4px; padding: .1rem .3rem; font-size: .9em; white-space: nowrap; }
ol.progress { display: flex; gap: 1.5rem; list-style: none; margin: 0 0 1.5rem; padding: 0 0 .75rem; border-bottom: 1px solid var(--line); color: var(--soft); }
ol.progress [aria-current] { color: var(--accent); font-weight: bold; }
`;
