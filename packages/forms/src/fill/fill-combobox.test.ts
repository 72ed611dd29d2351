import { createHash } from "node:crypto";
import type { Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { planFields } from "../plan/plan-fields.ts";
import { examplePlan, exampleProfile, today } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { fillPage } from "./fill-page.ts";
import { loadOptions } from "./load-options.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;
let form: FormPage;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  page = await site.open("/react-form.html");
  await page.waitForSelector("form");
  form = await readForm(page, signal);
  return () => page.context().close();
});

/** What the page's own script believes was chosen. */
async function pageState(): Promise<unknown> {
  return JSON.parse((await page.getAttribute("form", "data-state")) ?? "{}");
}

async function shown(plan = examplePlan({})): Promise<Record<string, unknown>> {
  const snapshot = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  return Object.fromEntries(snapshot.fields.map(({ id, value }) => [id, value]));
}

test("react-select controls are read as comboboxes, without their hidden companions", () => {
  expect(
    form.fields.map(({ id, kind, meaning, required }) => [id, kind, meaning, required]),
  ).toEqual([
    ["first_name", "text", "name.first", true],
    ["country", "combobox", "phone.countryCode", false],
    ["phone", "tel", "phone", false],
    ["candidate-location", "combobox", "location", true],
    ["q_auth", "combobox", "workAuth.authorized", true],
    ["gender", "combobox", "eeo.gender", false],
    ["skills", "combobox", "question", false],
    ["resume-cv", "file", "resume", true],
  ]);
  expect(form.buttons.submit?.text).toBe("Submit application");
  expect(form.target).toBeNull();
});

test("all are filled from a profile, also lists that arrive late and show only part of the choice", async () => {
  const profile = { ...exampleProfile };
  const plan = planFields({ fields: form.fields, profile, resume: null, today }).filter(
    ({ id }) => id !== "resume-cv",
  );
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields.filter(({ ok }) => !ok)).toEqual([]);
  expect(await shown(plan)).toMatchObject({
    first_name: "Ada",
    country: "+1",
    phone: "+1 415 555 0100",
    "candidate-location": "Oakland, California, United States",
    q_auth: "Yes, without restriction",
    gender: "Male",
  });
  expect(await pageState()).toMatchObject({
    first: "Ada",
    authorized: "Yes, without restriction",
    gender: "Male",
    place: "Oakland, California, United States",
  });

  const again = await fillPage({ page, form, plan, files: {} }, signal);
  expect(again.fields.every(({ ok, attempts }) => ok && attempts === 0)).toBe(true);
});

test("a page that takes its time over each key is typed into all the same", async () => {
  await page.evaluate(() =>
    document.addEventListener("keydown", () => {
      const until = performance.now() + 130;
      while (performance.now() < until);
    }),
  );
  const place = "Oakland, California, United States";
  const plan = examplePlan({ "candidate-location": place });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields).toMatchObject([{ ok: true, attempts: 1 }]);
  expect(await pageState()).toMatchObject({ place });
});

test("several choices go into a control that takes several", async () => {
  const plan = examplePlan({ skills: ["Crane", "Sonar"] });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields).toMatchObject([{ id: "skills", ok: true }]);
  expect(await shown(plan)).toMatchObject({ skills: ["Crane", "Sonar"] });
  expect(await pageState()).toMatchObject({ skills: "Crane|Sonar" });
});

test("a choice that is not on the list is reported and leaves the control empty", async () => {
  const plan = examplePlan({ gender: "Mal" });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields).toMatchObject([{ id: "gender", ok: false, problem: "no_such_option" }]);
  expect(await shown()).toMatchObject({ gender: null });
});

test("an earlier choice is replaced", async () => {
  await fillPage({ page, form, plan: examplePlan({ gender: "Female" }), files: {} }, signal);
  await fillPage({ page, form, plan: examplePlan({ gender: "Male" }), files: {} }, signal);
  expect(await shown()).toMatchObject({ gender: "Male" });
});

test("choices can be learnt beforehand without choosing any", async () => {
  const loaded = await loadOptions({ page, form }, signal);
  const options = Object.fromEntries(loaded.fields.map((field) => [field.id, field.options]));
  expect(options).toMatchObject({
    country: ["United States +1", "Canada +1", "United Kingdom +44", "Norway +47"],
    q_auth: ["Yes, without restriction", "No"],
    skills: ["Welding torch", "Crane", "Sonar"],
    "candidate-location": [],
  });
  expect(loaded.signature).toBe((await readForm(page, signal)).signature);
  expect(await shown()).toMatchObject({ country: null, q_auth: null, gender: null });
  const plan = planFields({ fields: loaded.fields, profile: exampleProfile, resume: null, today });
  expect(plan.find(({ id }) => id === "country")?.value).toBe("United States +1");
});

test("a file counts as attached when the widget that empties its input shows the name", async () => {
  const bytes = Buffer.from("an example");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const files = { "resume-cv": { bytes, sha256, fileName: "ada.pdf" } };
  const plan = examplePlan({ "resume-cv": "ada.pdf" });

  const report = await fillPage({ page, form, plan, files }, signal);
  expect(report.fields).toEqual([{ id: "resume-cv", ok: true, attempts: 1 }]);
  const snapshot = await readBack(
    { page, form, plan, files, pageNumber: 1, waitUntilSettled: true },
    signal,
  );
  const held = snapshot.fields.find(({ id }) => id === "resume-cv");
  expect(held).toMatchObject({ value: "ada.pdf", file: { name: "ada.pdf", sha256 } });

  // Some widgets go further and take the input away once they have the file.
  const before = (await readForm(page, signal)).signature;
  await page.evaluate(() => document.querySelector("#resume")?.remove());
  const gone = await readForm(page, signal);
  expect(gone.signature).toBe(before);
  const after = await readBack({ page, form: gone, plan, files, pageNumber: 1 }, signal);
  expect(after.fields.find(({ id }) => id === "resume-cv")).toEqual(held);
});
