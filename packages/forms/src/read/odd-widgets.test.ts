import { afterAll, beforeAll, expect, test } from "vitest";
import { type MarkupReader, openMarkupReader } from "../test/open-markup-reader.ts";

let reader: MarkupReader;

beforeAll(async () => {
  reader = await openMarkupReader();
});

afterAll(() => reader.close());

const form = (inner: string) =>
  `<form><p><label for="n">Full name</label><input id="n"></p>${inner}<button>Submit application</button></form>`;

test("a home-made control that must be set is a field, with its question and without a value", async () => {
  const { fields } = await reader.formOf(
    form(
      `<div><span>Notice period *</span><div class="dd" tabindex="0"><span>Choose…</span></div></div>`,
    ),
  );

  expect(fields).toMatchObject([
    { label: "Full name" },
    { label: "Notice period", kind: "other", required: true, visible: true },
  ]);
});

test.each([
  [
    "by its role",
    `<div><span id="q">Rating</span><div tabindex="0" aria-required="true" aria-labelledby="q">Pick</div></div>`,
  ],
  ["a drawn one", `<div><span>Signature *</span><canvas width="200" height="60"></canvas></div>`],
])("so is one that is marked %s", async (_, markup) => {
  const { fields } = await reader.formOf(form(markup));

  expect(fields.slice(1)).toMatchObject([{ kind: "other", required: true }]);
});

test.each([
  [
    "a box that scrolls",
    `<div><p>Our terms</p><div tabindex="0" style="overflow:auto;height:40px">Long text.</div></div>`,
  ],
  [
    "one that may be left alone",
    `<div><span>Notice period</span><div tabindex="0">Choose…</div></div>`,
  ],
  [
    "a box around a control",
    `<div><span>City *</span><div tabindex="0"><input id="c" required></div></div>`,
  ],
  [
    "a list that is known",
    `<div><span id="l">Team *</span><ul role="listbox" aria-labelledby="l" tabindex="0"><li role="option" tabindex="0">One</li></ul></div>`,
  ],
  [
    "a hidden one",
    `<div style="display:none"><span>Notice period *</span><div tabindex="0">Choose…</div></div>`,
  ],
  ["a button", `<div><span>Photo *</span><div tabindex="0" role="button">Take one</div></div>`],
])("%s is none", async (_, markup) => {
  const { fields } = await reader.formOf(form(markup));

  expect(fields.filter(({ kind }) => kind === "other")).toEqual([]);
});

test("outside a form nothing is one", async () => {
  const { fields } = await reader.formOf(
    `${form("")}<div><span>Chat *</span><div tabindex="0">Ask us</div></div>`,
  );

  expect(fields).toHaveLength(1);
});
