import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readForm } from "../read/read-form.ts";
import { examplePlan } from "../test/example-profile.ts";
import { type Gallery, openGallery } from "../test/open-gallery.ts";
import { fillPage } from "./fill-page.ts";

const { signal } = new AbortController();
let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
});

afterAll(() => gallery.close());

/** A day that is another one where month and day are taken for each other. */
const day = "2027-11-03";

async function fillDay(page: Page) {
  const form = await readForm(page, signal);
  const plan = examplePlan({ [form.fields[1]?.id ?? ""]: day });
  const { fields } = await fillPage({ page, form, plan, files: {} }, signal);
  const again = await fillPage({ page, form, plan, files: {} }, signal);
  const state: unknown = JSON.parse(
    await page.evaluate(() => document.body.dataset["state"] ?? "null"),
  );
  return { ok: fields[0]?.ok, attemptsAgain: again.fields[0]?.attempts, state };
}

test.each([
  ["antd", "date"],
  ["plain", "flatpickr"],
  ["inputs", "day"],
  ["mui", "date"],
])(
  "%s %s takes a first day whose parts could be mixed up, and keeps it",
  async (library, widget) => {
    const page = await gallery.open(library, widget);
    expect(await fillDay(page)).toEqual({ ok: true, attemptsAgain: 0, state: day });
    await page.context().close();
  },
);

test("a field that keeps days but tells nothing of their order is left empty", async () => {
  const page = await gallery.open("homemade", "yesNo");
  await page.setContent(`<form><label>Name <input id="given"></label>
    <label>Start date <input id="day"></label><button>Submit application</button></form><script>
    document.querySelector("#day").addEventListener("change", ({ target }) => {
      if (!/^\\d\\d\\/\\d\\d\\/\\d{4}$/.test(target.value)) target.value = "";
    });</script>`);
  expect(await fillDay(page)).toMatchObject({ ok: false });
  expect(await page.inputValue("#day")).toBe("");
  await page.context().close();
});
