/** A form with a field of every native kind, some of other making, a frame, shadow roots, and an echo. */
export const everyField = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Apply</title>
<style>body { font: 16px sans-serif; margin: 12px } form { display: grid; gap: 6px; grid-template-columns: 1fr 1fr }
.chosen { color: white; background: black }</style>
<h1>Deckhand</h1>
<form method="post" action="/apply">
<label>First name <input name="first" id="first"></label>
<label>Email <input name="email" type="email" id="email"></label>
<label>Phone <input name="phone" type="tel" id="phone"></label>
<label>Website <input name="site" type="url" id="site"></label>
<label>Years <input name="years" type="number" id="years"></label>
<label>Start <input name="start" type="date" id="start"></label>
<label>Secret word <input name="secret" type="password" id="secret"></label>
<label>Letter <textarea name="letter" id="letter" rows="2" cols="40"></textarea></label>
<label>Department <select name="department" id="department"><option value="">Select…</option>
<option>Galley crew</option><option>Engine crew</option><option>Bridge crew</option></select></label>
<label>Tongues <select name="tongues" id="tongues" multiple size="3"><option>Norse tongue</option>
<option>Dutch tongue</option><option>Basque tongue</option></select></label>
<fieldset><legend>Permit needed?</legend><label><input type="radio" name="permit" value="y"> Yes</label>
<label><input type="radio" name="permit" value="n"> No</label></fieldset>
<fieldset><legend>Skills</legend><label><input type="checkbox" name="skill" value="a"> Knotting</label>
<label><input type="checkbox" name="skill" value="b"> Splicing</label></fieldset>
<label><input type="checkbox" name="travel" id="travel"> I am willing to travel</label>
<label>Weight <input type="range" id="weight" min="0" max="100" value="50"></label>
<div><span id="city-label">City</span><div role="combobox" id="city" aria-labelledby="city-label" tabindex="0"
 aria-expanded="false"><span class="single-value">Select…</span></div></div>
<div><span id="about-label">About</span><div contenteditable="true" id="about" aria-labelledby="about-label"></div></div>
<div role="group" aria-label="Licence?" id="licence"><button type="button" aria-pressed="false">Held</button>
<button type="button" aria-pressed="false">Not held</button></div>
<x-open id="open"></x-open><x-closed id="closed"></x-closed>
<iframe src="/frame" title="More" width="380" height="60"></iframe>
<button>Submit application</button>
</form>
<p id="echo">Nothing yet.</p>
<script>
customElements.define("x-open", class extends HTMLElement { connectedCallback() {
  this.attachShadow({ mode: "open" }).innerHTML = '<label>Nickname <input id="nick"></label>'; } });
customElements.define("x-closed", class extends HTMLElement { connectedCallback() {
  this.root = this.attachShadow({ mode: "closed" }); this.root.innerHTML = '<label>Motto <input></label>'; }
  set motto(text) { this.root.querySelector("input").value = text; } });
customElements.define("x-light", class extends HTMLElement {});
for (const button of document.querySelectorAll("#licence button")) button.onclick = () => {
  for (const one of document.querySelectorAll("#licence button")) {
    one.setAttribute("aria-pressed", String(one === button)); one.classList.toggle("chosen", one === button); } };
</script></html>`;

export interface EveryValue {
  readonly word: string;
  readonly option: number;
  readonly day: string;
  readonly years: string;
  readonly phone: string;
}

/** Runs in the page: gives every field a value; the words are of one length, so that nothing moves. */
export function fillEveryField({ word, option, day, years, phone }: EveryValue): void {
  const set = (id: string, text: string): void => {
    const line = document.getElementById(id);
    if (line instanceof HTMLInputElement || line instanceof HTMLTextAreaElement) line.value = text;
  };
  set("first", word);
  set("email", `${word}@quay.example`);
  set("phone", phone);
  set("site", `https://${word}.example/`);
  set("years", years);
  set("start", day);
  set("secret", `${word}-hush`);
  set("letter", `I am ${word}.\nSix winters on the quay.`);
  set("weight", years);
  const choose = (id: string, index: number): void => {
    const list = document.getElementById(id);
    if (list instanceof HTMLSelectElement) list.selectedIndex = index;
  };
  choose("department", option + 1);
  choose("tongues", option);
  const press = (selector: string, index: number): void => {
    const found = document.querySelectorAll(selector)[index];
    if (found instanceof HTMLElement) found.click();
  };
  press("[name=permit]", option);
  press("[name=skill]", option);
  if (option === 1) press("#travel", 0);
  press("#licence button", option);
  const say = (selector: string, text: string): void => {
    const found = document.querySelector(selector);
    if (found !== null) found.textContent = text;
  };
  say("#city .single-value", `Port ${word}`);
  say("#about", `About ${word} and the sea`);
  say("#echo", `Thank you, ${word.toUpperCase()}! We call ${phone.slice(0, 3)} ${phone.slice(3)}.`);
  const nick = document.getElementById("open")?.shadowRoot?.getElementById("nick");
  if (nick instanceof HTMLInputElement) nick.value = `${word}-nick`;
  Reflect.set(document.getElementById("closed") ?? {}, "motto", `${word}-motto`);
  const inner = document.querySelector("iframe")?.contentDocument?.getElementById("inner");
  if (inner instanceof HTMLInputElement || inner?.tagName === "INPUT") {
    Reflect.set(inner, "value", `${word}-inner`);
  }
}
