import type { PlannedField } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { planFields } from "../plan/plan-fields.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { fillPage } from "./fill-page.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;
let form: FormPage;

function parts(id: string, ...names: readonly string[]): string {
  const boxes = names.map(
    (name) =>
      `<span><input type="text" role="spinbutton" id="${id}-${name}" aria-label="${name}"></span>`,
  );
  return `<fieldset><legend>Start date</legend><div id="${id}">${boxes.join(" / ")}
    <button type="button" aria-label="Calendar">▦</button></div></fieldset>`;
}

beforeAll(async () => {
  site = await openTestSite();
  page = await site.open("/wizard/done");
});
afterAll(() => site.close());
beforeEach(async () => {
  await page.setContent(`<form><h2>Work experience</h2>
    <label>Company <input name="company"></label>
    ${parts("sections", "Month", "Year")} ${parts("days", "Month", "Day", "Year")}
    <label>Start month <input type="month" id="native"></label>
    <button type="button">Submit</button></form>
    <script>
      for (const part of document.querySelectorAll("[role=spinbutton]"))
        part.addEventListener("input", () => part.setAttribute("aria-valuenow", part.value));
    </script>`);
  form = await readForm(page, signal);
});

function planned(value: (id: string) => string): PlannedField[] {
  return form.fields
    .filter(({ kind }) => kind === "date")
    .map(({ id }) => ({
      id,
      action: "fill",
      value: value(id),
      source: "profile",
      confidence: 1,
      why: "",
    }));
}

async function heldAfter(plan: readonly PlannedField[]): Promise<unknown[]> {
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields.filter(({ ok }) => !ok)).toEqual([]);
  const snapshot = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  return snapshot.fields.filter(({ kind }) => kind === "date").map(({ value }) => value);
}

test("a date without a place for a day says that it takes a month", () => {
  const dates = form.fields.filter(({ kind }) => kind === "date");
  expect(dates.map(({ precision }) => precision)).toEqual(["month", undefined, "month"]);
});

test("the parts of a date stand for the job whose box they are in", async () => {
  await page.setContent(`<form><div role="group" aria-labelledby="one"><h4 id="one">Work Experience 1</h4>
    <label>Job Title <input name="title"></label>
    ${parts("from", "Month", "Year").replace("Start date", "<p>From*</p>")}</div>
    <button type="button">Submit</button></form>`);
  const { fields } = await readForm(page, signal);
  expect(fields.map(({ label, meaning }) => [label, meaning])).toEqual([
    ["Job Title", "work.title"],
    ["From", "work.startDate"],
  ]);
});

test("a month of the résumé fills what takes a month, and is no day", () => {
  const fields = form.fields.map((field) => ({
    ...field,
    ...(field.kind === "date" ? { meaning: "work.startDate" as const } : {}),
  }));
  const planOf = (startDate: string): unknown[] =>
    fields.map((field) => {
      const profile = { work: [{ name: "Example Instruments", startDate }] };
      return planFields({ fields: [field], profile, resume: null, today: "2026-11-21" })[0]?.value;
    });
  expect(planOf("2018-03").slice(1)).toEqual(["2018-03", null, "2018-03"]);
  expect(planOf("2018-03-05").slice(1)).toEqual(["2018-03", "2018-03-05", "2018-03"]);
  expect(planOf("2018").slice(1)).toEqual([null, null, null]);
});

test("months are filled and read back as months", async () => {
  const plan = planned((id) => (id.includes("days") ? "2018-03-05" : "2018-03"));
  expect(await heldAfter(plan)).toEqual(["2018-03", "2018-03-05", "2018-03"]);
});

test("of a day that a person gave, a month takes its month", async () => {
  expect(await heldAfter(planned(() => "2027-01-15"))).toEqual([
    "2027-01",
    "2027-01-15",
    "2027-01",
  ]);
});
