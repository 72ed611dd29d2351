import { expect, test } from "vitest";
import { blank, blankText, toSecrets } from "./blank-texts.ts";

const keep: readonly string[] = [];
const without = (text: string, ...secrets: string[]): string =>
  blankText(text, toSecrets(secrets), { keep });

test.each([
  ["as it stands", "Hello Zyxabel!", "Zyxabel"],
  ["in other letters", "HELLO ZYXABEL", "Zyxabel"],
  ["with accents, and without", "Hello Zyxábel and Zyxa\u0301bel", "Zyxabel"],
  ["inside a longer word", "mailto:prezyxabelpost", "Zyxabel"],
  ["with other spaces", "Zyx  abel\u00A0Quon", "Zyxabel Quon"],
  ["with signs between", "(415) 555-0100", "4155550100"],
  ["without the signs it was given with", "+14155550100", "+1 (415) 555-0100"],
  ["over two lines", "[0-4] text: Zyxabel\n[0-5] text: Quon", "Zyxabel Quon"],
  ["in an address", "?mail=zyxabel%40quon.example", "zyxabel@quon.example"],
  ["in base64", Buffer.from("to zyxabel@quon.example").toString("base64"), "zyxabel@quon.example"],
  ["in JSON that keeps to ASCII", String.raw`"Zyx\u00e1bel"`, "Zyxábel"],
])("what is secret goes, %s", (_how, text, secret) => {
  const said = without(text, secret, "to zyxabel@quon.example");

  expect(said).toContain(blank);
  expect(said.toLowerCase()).not.toMatch(/zyx|quon|4155550100|555|eglhymv/u);
});

test("a short one goes as a word of its own, and leaves other words alone", () => {
  expect(without("7 years, 17 of 70", "7")).toBe(`${blank} years, 17 of 70`);
  expect(without("No. Now or none", "no")).toBe(`${blank}. Now or none`);
});

test("a line of a long text goes where it stands alone", () => {
  const letter = "Dear all,\nI spent six winters on the quay at Brattholm.\nYours, Zyxabel";

  expect(without("said: spent six winters on the quay, and more", letter)).toBe(
    `said: ${blank}, and more`,
  );
});

test("what names an element stays, though it looks like what is secret; whether it is taken goes", () => {
  const tree = ["[0-94107] RootWebArea: Form", "  [0-7] option: Design [selected]"].join("\n");

  expect(without(tree, "94107", "7")).toBe("[0-94107] RootWebArea: Form\n  [0-7] option: Design");
  expect(without("code 94107", "94107")).toBe(`code ${blank}`);
});

test("what the engine is asked for stays where it stands alone, and goes elsewhere", () => {
  const secrets = toSecrets(["Email"]);
  const tree = "[0-1] LabelText: Email *\n[0-2] StaticText: You chose Email";

  expect(blankText(tree, secrets, { keep: ["Email"] })).toBe(
    `[0-1] LabelText: Email *\n[0-2] StaticText: You chose ${blank}`,
  );
});

test("how long a password is goes", () => {
  expect(without("[0-9] StaticText: •••••••")).toBe(`[0-9] StaticText: ${blank}`);
});

test("what is not secret stays letter for letter", () => {
  const text = "[0-3] heading: Größe & Alter\n  [1-4] textbox: Straße [required]";

  expect(without(text, "Zyxabel", "")).toBe(text);
});
