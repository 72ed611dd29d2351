import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readForm } from "../read/read-form.ts";
import { examplePlan } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { fillPage } from "./fill-page.ts";
import type { FillReport } from "./fill-report.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

/** Fields without ids and names: only their place and their label tell them apart. */
const rows = ["First name", "Last name", "City", "Employer"].map(
  (label) => `<div class="row"><p>${label}</p><div><input></div></div>`,
);
const form = (script: string) =>
  `<main><form>${rows.join("")}<button>Submit application</button></form></main><script>${script}</script>`;

const values = {
  "first-name": "Ada",
  "last-name": "Example",
  city: "Oakland",
  employer: "Harbor Robotics",
};

interface Filled {
  readonly fields: Map<string, FillReport["fields"][number]>;
  /** What stands in each field, by what a person reads above it. */
  readonly held: Record<string, string>;
}

async function fillWhile(script: string): Promise<Filled> {
  const page = await site.open("/plain.html");
  try {
    await page.setContent(form(script));
    const read = await readForm(page, signal);
    expect(read.fields.map(({ id }) => id)).toEqual(Object.keys(values));
    await page.evaluate(() => document.dispatchEvent(new Event("read")));
    const plan = examplePlan(values);
    const report = await fillPage({ page, form: read, plan, files: {} }, signal);
    return { fields: new Map(report.fields.map((one) => [one.id, one])), held: await held(page) };
  } finally {
    await page.context().close();
  }
}

function held(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll(".row")].map((row) => [
        row.querySelector("p")?.textContent ?? "",
        row.querySelector("input")?.value ?? "",
      ]),
    ),
  );
}

const others = { "First name": "Ada", City: "Oakland", Employer: "Harbor Robotics" };
const removeSecond = `document.querySelectorAll(".row")[1].remove()`;

test.each([
  [
    "when another is filled",
    `document.querySelector("input").addEventListener("input", () => { ${removeSecond} }, { once: true });`,
  ],
  [
    "a moment after another is filled",
    `document.querySelector("input").addEventListener("input", () => setTimeout(() => { ${removeSecond} }), { once: true });`,
  ],
])("a field that goes %s is missing, and its value is in no other field", async (_, script) => {
  const { fields, held } = await fillWhile(script);
  expect(fields.get("last-name")).toMatchObject({ ok: false, problem: "missing" });
  expect([...fields.values()].filter(({ ok }) => ok)).toHaveLength(3);
  expect(held).toEqual(others);
});

test("where places have shifted before filling began, no value goes into another field", async () => {
  const { fields, held } = await fillWhile(
    `document.addEventListener("read", () => { ${removeSecond} });`,
  );
  expect(fields.get("last-name")).toMatchObject({ ok: false, problem: "missing" });
  for (const [label, value] of Object.entries(held)) {
    expect(["", Object.entries(others).find(([name]) => name === label)?.[1]]).toContain(value);
  }
});

test("a field that becomes another one is missing too", async () => {
  const rename = `document.querySelectorAll("p")[1].textContent = "Name of your referee";`;
  const { fields, held } = await fillWhile(
    `document.addEventListener("read", () => { ${rename} });`,
  );
  expect(fields.get("last-name")).toMatchObject({ ok: false, problem: "missing" });
  expect(held).toEqual({ ...others, "Name of your referee": "" });
});

test("a field that is drawn anew keeps its value or gets it again", async () => {
  const { fields, held } = await fillWhile(
    `document.querySelector("input").addEventListener("input", () => {
       const row = document.querySelectorAll(".row")[1];
       row.innerHTML = row.innerHTML;
     }, { once: true });`,
  );
  expect([...fields.values()].filter(({ ok }) => ok)).toHaveLength(4);
  expect(held).toEqual({ ...others, "Last name": "Example" });
});

test("a form that goes altogether is reported, field by field", async () => {
  const { fields } = await fillWhile(
    `document.querySelector("input").addEventListener("input", () => document.querySelector("form").remove());`,
  );
  expect([...fields.values()].map(({ ok, problem }) => [ok, problem])).toEqual(
    Object.keys(values).map(() => [false, "missing"]),
  );
});
