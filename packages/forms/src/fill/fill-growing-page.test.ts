import type { PlannedField } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { examplePlan } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { type FilledPage, fillGrowingPage } from "./fill-growing-page.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const yesNo = "<option></option><option>Yes</option><option>No</option>";

/** Every question is there; those with `data-if` are shown only while that one is answered with Yes. */
function conditional(script = "update()"): string {
  return `<main><form>
    <label>First name <input id="first"></label>
    <div data-if="ethnic" hidden><label>Race <input id="race"></label></div>
    <label>Hispanic or Latino? <select id="ethnic">${yesNo}</select></label>
    <div data-if="race" hidden><label>Country of birth <input id="born" required></label></div>
    <div data-unless="ethnic"><label>Reason <input id="reason"></label></div>
    <button>Submit application</button></form></main>
    <script>
      const valueOf = (id) => document.getElementById(id).value;
      function update() {
        for (const box of document.querySelectorAll("[data-if]"))
          box.hidden = !valueOf(box.dataset.if);
        for (const box of document.querySelectorAll("[data-unless]"))
          if (valueOf(box.dataset.unless)) box.remove();
      }
      document.addEventListener("change", () => { ${script} });
    </script>`;
}

const facts = {
  first: "Ada",
  ethnic: "Yes",
  race: "Two or More Races",
  born: "France",
  reason: "x",
};

async function fill(
  markup: string,
  plan: (form: FormPage) => readonly PlannedField[],
): Promise<FilledPage> {
  page = await site.open("/plain.html");
  await page.setContent(markup);
  const form = await readForm(page, signal);
  return fillGrowingPage({ page, form, plan, files: () => ({}), refine: (one) => one }, signal);
}

function planOf({ fields }: FormPage): PlannedField[] {
  return examplePlan(facts).filter(({ id }) =>
    fields.some((field) => field.id === id && field.visible),
  );
}

function held(): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLInputElement>("input, select")].map(({ id, value }) => [
        id,
        value,
      ]),
    ),
  );
}

test("what an answer reveals is planned and filled, and what it takes away is not missed", async () => {
  const { form, report } = await fill(conditional(), planOf);
  expect(await held()).toEqual({
    first: "Ada",
    ethnic: "Yes",
    race: "Two or More Races",
    born: "France",
  });
  expect(report.fields.map(({ id, ok }) => [id, ok])).toEqual([
    ["first", true],
    ["race", true],
    ["ethnic", true],
    ["born", true],
  ]);
  expect(form.fields.filter(({ visible }) => visible).map(({ id }) => id)).toEqual([
    "first",
    "race",
    "ethnic",
    "born",
  ]);
});

test("what the page asks its server for first is waited for", async () => {
  const script = `fetch("/plain.html").then(() => setTimeout(update, 20))`;
  const { form } = await fill(conditional(script), planOf);
  expect(form.fields.find(({ id }) => id === "born")?.visible).toBe(true);
  expect(await held()).toMatchObject({ race: "Two or More Races", born: "France" });
});

test("what nobody can answer is on the form that comes back", async () => {
  const plan = (form: FormPage) => planOf(form).filter(({ id }) => id !== "born");
  const { form, report } = await fill(conditional(), plan);
  const born = form.fields.find(({ id }) => id === "born");
  expect(born).toMatchObject({ visible: true, required: true });
  expect(report.fields.some(({ id }) => id === "born")).toBe(false);
});

test("a page that stays as it is is filled once and comes back as it was read", async () => {
  let planned = 0;
  const markup = conditional("");
  const { form } = await fill(markup, (one) => {
    planned += 1;
    return planOf(one);
  });
  expect(planned).toBe(1);
  expect(form.signature).toBe((await readForm(page, signal)).signature);
});

test("a form that asks more with every answer comes to an end", async () => {
  const markup = `<main><form id="all"><label>Step 0 <input id="step0"></label>
    <label>Name <input id="first"></label><button>Submit application</button></form></main><script>
      let last = 0;
      document.addEventListener("change", ({ target }) => {
        if (target.id !== "step" + last) return;
        last += 1;
        target.parentElement.insertAdjacentHTML("afterend",
          "<label>Step " + last + " <input id='step" + last + "'></label>");
      });
    </script>`;
  const plan = ({ fields }: FormPage) =>
    examplePlan(Object.fromEntries(fields.map(({ id }) => [id, `value of ${id}`])));
  const { form, report } = await fill(markup, plan);
  const ids = report.fields.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(ids.length).toBeLessThan(10);
  const late = report.fields.filter(({ ok }) => !ok);
  expect(late).toEqual([{ id: ids.at(-1), ok: false, attempts: 0, problem: "not_reachable" }]);
  expect(form.fields.map(({ id }) => id)).toContain(ids.at(-1));
});
