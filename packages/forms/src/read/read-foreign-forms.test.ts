import type { Meaning } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MarkupReader, openMarkupReader } from "../test/open-markup-reader.ts";
import type { FormPage } from "./form-page.ts";

let reader: MarkupReader;

beforeAll(async () => void (reader = await openMarkupReader()));
afterAll(() => reader.close());

const formOf = (body: string): Promise<FormPage> => reader.formOf(body);

function meanings({ fields }: FormPage): Record<string, Meaning> {
  return Object.fromEntries(fields.map((field) => [field.name ?? field.id, field.meaning]));
}

function row(label: string, ...controls: string[]): string {
  return `<tr><td>${label}</td><td>${controls.join(" ")}</td></tr>`;
}

test("a German table with two boxes to a label, beside a search and a sign-in", async () => {
  const form = await formOf(`
    <form role="search"><input type="search" name="s" placeholder="Stelle suchen"></form>
    <form><input name="user" placeholder="E-Mail"><input type="password" name="secret"><button>Anmelden</button></form>
    <form method="post" action="http://"><table>
      ${row("Anrede*", '<select name="a"><option>Herr</option><option>Frau</option></select>')}
      ${row("Titel", '<input name="b">')}
      ${row("Vorname*", '<input name="c">')}
      ${row("Name*", '<input name="d">')}
      ${row("PLZ / Ort", '<input name="e" size="5">', '<input name="f">')}
      ${row("E-Mail*", '<input name="g">')}
      ${row("E-Mail (Wiederholung)*", '<input name="h">')}
      ${row("Mobilnummer mit Ländervorwahl", '<input name="i">')}
      ${row("Führerschein", '<input name="j">')}
    </table><button type="button">Zurück</button><button>Bewerbung absenden</button></form>`);
  expect(meanings(form)).toMatchObject({
    a: "question",
    c: "name.first",
    d: "name.last",
    e: "address.postalCode",
    f: "address.city",
    g: "email",
    h: "email.confirm",
    i: "phone",
  });
  const policies = Object.fromEntries(form.fields.map(({ name, policy }) => [name, policy]));
  expect(policies).toMatchObject({
    s: "never",
    user: "never",
    secret: "never",
    b: "ask",
    j: "ask",
  });
  expect(form.buttons.submit?.text).toBe("Bewerbung absenden");
});

test("French labels behind their inputs, and a box that asks to stay empty", async () => {
  const form = await formOf(`<form method="post">
    <div><input id="a"><label for="a">Nom d'usage</label></div>
    <div><input id="b"><label for="b">Prénom usuel</label></div>
    <div><input id="c"><label for="c">Portable</label></div>
    <div><input id="d"><label for="d">Prétentions salariales (k€)</label></div>
    <p style="opacity:0.01"><label>Laissez ce champ vide <input name="e"></label></p>
    <label><input type="checkbox" id="f">J'accepte que mes données soient conservées</label>
    <label><input type="checkbox" id="g">Tenez-moi au courant des futures offres</label>
    <button>Étape suivante</button></form>`);
  expect(meanings(form)).toMatchObject({
    a: "name.last",
    b: "name.first",
    c: "phone",
    d: "salary.expected",
    e: "honeypot",
    f: "consent.privacy",
    g: "consent.marketing",
  });
  expect(form.buttons.next?.text).toBe("Étape suivante");
});

test("Dutch and Polish wizards lead on by their own words", async () => {
  const dutch = await formOf(`<form method="post"><p><label>Voornaam <input name="a"></label></p>
    <p><label>Huidige woonplaats <input name="b"></label></p>
    <p><label>Mag je in Nederland werken? <select name="c"><option>Ja</option><option>Nee</option></select></label></p>
    <button type="button">Vorige</button><button>Volgende</button></form>`);
  expect(meanings(dutch)).toEqual({
    a: "name.first",
    b: "location",
    c: "workAuth.authorized",
  });
  expect(dutch.buttons.next?.text).toBe("Volgende");
  const polish = await formOf(`<form method="post"><div><span>Imiona</span><input name="a"></div>
    <div><span>Telefon (z numerem kierunkowym)</span><input name="b"></div>
    <div><span>Tytuł</span><input name="c"></div>
    <button type="button">Wstecz</button><button>Zapisz i kontynuuj</button></form>`);
  expect(meanings(polish)).toMatchObject({ a: "name.first", b: "phone", c: "unknown" });
  expect(polish.buttons.next?.text).toBe("Zapisz i kontynuuj");
});

test("dates of jobs and schools are no first day at work and no card's end", async () => {
  const form = await formOf(`<form method="post">
    <label>Employer <input name="a"></label><label>Title <input name="b"></label>
    <label>Start date <input name="c"></label><label>End date (MM/YYYY) <input name="d"></label>
    <label>School <input name="e"></label><label>From (MM/YYYY) <input name="f"></label>
    <label>To (MM/YYYY) <input name="g"></label>
    <label>Work permit valid until <input name="h"></label>
    <label>When can you start? <input name="i"></label><button>Next</button></form>`);
  expect(meanings(form)).toEqual({
    a: "work.company",
    b: "work.title",
    c: "work.startDate",
    d: "work.endDate",
    e: "education.school",
    f: "education.startDate",
    g: "education.endDate",
    h: "question",
    i: "startDate",
  });
});

test("a month and a year beside a card's number belong to the card; alone they do not", async () => {
  const card = (number: string): string =>
    `<form method="post">${number}<label>MM/YYYY <input name="a"></label><label>Name <input name="b"></label><label>City <input name="c"></label><button>Next</button></form>`;
  const paying = await formOf(card('<label>Card number <input name="d"></label>'));
  expect(meanings(paying)).toMatchObject({ a: "payment.other", d: "payment.other" });
  expect(meanings(await formOf(card("")))["a"]).not.toBe("payment.other");
});

test('a bare "Title" is a form of address beside names, and asked when nothing is beside it', async () => {
  const beside = await formOf(`<form method="post"><label>Title <input name="a"></label>
    <label>First name <input name="b"></label><label>Last name <input name="c"></label>
    <label>Employer <input name="d"></label><button>Next</button></form>`);
  expect(meanings(beside)["a"]).toBe("question");
  const alone = await formOf(`<form method="post"><label>Title <input name="a"></label>
    <label>Email <input name="b"></label><button>Next</button></form>`);
  expect(meanings(alone)["a"]).toBe("question");
});

test("mirrored fields that only clipping, fading or width hides are never filled", async () => {
  const { fields } = await formOf(`<form method="post">
    <p><label>Full name <input name="a"></label></p><p><label>Email <input name="b"></label></p>
    <div aria-hidden="true" style="position:absolute;clip:rect(0,0,0,0)"><label>Your e-mail <input name="c" tabindex="-1"></label></div>
    <div style="clip-path:inset(50%)"><label>Phone <input name="d"></label></div>
    <div style="opacity:0.02"><label>City <input name="e"></label></div>
    <div style="position:fixed;left:300vw"><label>Street <input name="f"></label></div>
    <p><label>Postcode <input name="g" style="width:0;padding:0;border:0"></label></p>
    <button>Apply now</button></form>`);
  const policies = Object.fromEntries(fields.map(({ name, policy }) => [name, policy]));
  expect(policies).toEqual({
    a: "fill",
    b: "fill",
    c: "never",
    d: "never",
    e: "never",
    f: "never",
    g: "never",
  });
});

test("questions without a form element: toggles that submit, boxes named by their options, a drawn star", async () => {
  const form = await formOf(`
    <style>.must::after { content: "*" }</style>
    <div id="form">
      <div><label class="must" for="n">Full name</label><input id="n" name="n"></div>
      <div><label class="must" for="nowhere">Are you willing to relocate?</label><div>
        <button type="submit" aria-pressed="false">Yes</button>
        <button type="submit" aria-pressed="false">No</button>
        <input type="checkbox" name="r" style="position:absolute;opacity:0"></div></div>
      <div><label for="nowhere-else">Which tools do you use?</label><fieldset>
        ${["Go", "Rust"].map((name) => `<div><input type="checkbox" id="${name}-1" name="${name}"><label for="${name}-1">${name}</label></div>`).join("")}
      </fieldset></div>
      <button type="button">Submit application</button>
    </div>`);
  expect(
    form.fields.map(({ kind, label, required, options }) => ({ kind, label, required, options })),
  ).toEqual([
    { kind: "text", label: "Full name", required: true, options: [] },
    {
      kind: "button-group",
      label: "Are you willing to relocate?",
      required: true,
      options: ["Yes", "No"],
    },
    {
      kind: "checkbox-group",
      label: "Which tools do you use?",
      required: false,
      options: ["Go", "Rust"],
    },
  ]);
});

test("a drawn list that keeps the browser's own beside it is named by it and offers its choices", async () => {
  const { fields } = await formOf(`<form method="post">
    <p><label>Full name <input name="a"></label></p>
    <div><label for="-1_Country">Country of residence*</label>
      <select id="-1_Country" name="-1_Country" hidden tabindex="-1"><option value="">— Make a Selection —</option>
        <option>Germany</option><option>United States</option></select>
      <a id="-1_Country_drawn" href="#" role="combobox" aria-haspopup="listbox" aria-expanded="false" aria-owns="r">— Make a Selection —</a>
      <div hidden><ul id="r" role="listbox"><li role="option">Germany</li></ul></div></div>
    <button>Next</button></form>`);
  expect(fields.find(({ domId }) => domId === "-1_Country_drawn")).toMatchObject({
    kind: "combobox",
    label: "Country of residence",
    options: ["Germany", "United States"],
  });
  expect(fields.find(({ domId }) => domId === "-1_Country")).toMatchObject({ policy: "never" });
});
