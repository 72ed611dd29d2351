import { createHash } from "node:crypto";
import type { PlannedField } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planFields } from "../plan/plan-fields.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { examplePlan, exampleProfile, today } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import type { FileToAttach } from "./attach-file.ts";
import { fillPage } from "./fill-page.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
let site: TestSite;
let file: FileToAttach;

beforeAll(async () => {
  site = await openTestSite();
  const bytes = Buffer.from("%PDF-1.4 an example");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  file = { bytes, sha256, fileName: "ada-example.pdf" };
});

afterAll(() => site.close());

async function openForm(path: string): Promise<{ page: Page; form: FormPage }> {
  const page = await site.open(path);
  return { page, form: await readForm(page, signal) };
}

function planFor(form: FormPage): PlannedField[] {
  const resume = { fileName: file.fileName };
  return planFields({ fields: form.fields, profile: exampleProfile, resume, today });
}

describe("a plain form", () => {
  let page: Page;
  let form: FormPage;
  let plan: PlannedField[];
  const files = (): Record<string, FileToAttach> => ({ "resume-cv": file });

  beforeAll(async () => {
    ({ page, form } = await openForm("/plain.html"));
    plan = planFor(form);
  });

  test("is filled, and the read-back tells each value with its source", async () => {
    const seen: number[] = [];
    const onField = (done: number): void => void seen.push(done);
    const report = await fillPage({ page, form, plan, files: files(), onField }, signal);
    expect(report.fields.filter(({ ok }) => !ok)).toEqual([]);
    expect(seen.at(-1)).toBe(report.fields.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));

    const snapshot = await readBack({ page, form, plan, files: files(), pageNumber: 1 }, signal);
    const values = Object.fromEntries(snapshot.fields.map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({
      fn: "Ada",
      last_name: "Example",
      contact: "ada@example.com",
      phone_number: "+1 415 555 0100",
      country: "United States of America",
      auth: "Yes",
      sponsor: "No, I will not",
      gender: "Male",
      "days[]": null,
      why: "The sea is honest work.",
      privacy: true,
      talent: false,
    });
    const byId = new Map(snapshot.fields.map((field) => [field.id, field]));
    expect(byId.get("why")?.source).toBe("savedAnswer");
    expect(byId.get("days[]")?.source).toBeNull();
    expect(byId.get("resume-cv")).toMatchObject({
      value: file.fileName,
      file: { name: file.fileName, sha256: file.sha256 },
      source: "resume",
    });
  });

  test("filling it again touches nothing and reads back the same", async () => {
    const input = { page, form, plan, files: files(), pageNumber: 1 };
    const before = await readBack(input, signal);
    await page.evaluate(() => {
      document.addEventListener("input", () => (document.title = "touched"));
      document.addEventListener("change", () => (document.title = "touched"));
    });
    const report = await fillPage(input, signal);
    expect(report.fields.every(({ ok, attempts }) => ok && attempts === 0)).toBe(true);
    expect(await page.title()).toBe(form.title);
    expect(await readBack(input, signal)).toEqual(before);
  });

  test("nothing was put into traps, other forms or cookie boxes", async () => {
    const outside = await page.evaluate(() =>
      ["website", "fax_number", "q", "newsletter_email", "employee_number"].map(
        (name) => document.querySelector<HTMLInputElement>(`[name=${name}]`)?.value,
      ),
    );
    expect(outside).toEqual(["", "", "", "", ""]);
    expect(await page.isChecked("[name=marketing_cookies]")).toBe(false);
  });

  test("a plan that names a trap all the same is not obeyed", async () => {
    const forced = examplePlan({ website: "https://spam.example" });
    const report = await fillPage({ page, form, plan: forced, files: {} }, signal);
    expect(report.fields).toEqual([]);
    expect(await page.inputValue("#website")).toBe("");
  });

  test("a correction replaces what stands there", async () => {
    const corrected = examplePlan({
      fn: "Adele",
      gender: "Female",
      "days[]": ["Monday"],
      privacy: false,
    });
    await fillPage({ page, form, plan: corrected, files: {} }, signal);
    const snapshot = await readBack(
      { page, form, plan: corrected, files: {}, pageNumber: 1 },
      signal,
    );
    const values = Object.fromEntries(snapshot.fields.map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({
      fn: "Adele",
      gender: "Female",
      "days[]": ["Monday"],
      privacy: false,
    });
  });

  test("what arrives at the server is what was read back", async () => {
    await fillPage({ page, form, plan, files: files() }, signal);
    await page.click("text=Save and continue");
    await page.waitForURL("**/plain/send*");
    const body = site.posts.at(-1)?.body ?? "";
    expect(body).toContain('filename="ada-example.pdf"');
    expect(body).toMatch(/name="first_name"\s+Ada\s/u);
    expect(body).toMatch(/name="sponsor"\s+n\s/u);
    expect(body).not.toContain('name="talent"');
  });
});

describe("a page whose scripts interfere", () => {
  test("is read back as it is, and what it throws away is reported", async () => {
    const { page, form } = await openForm("/unruly.html");
    const plan = planFor(form);
    plan.push(...examplePlan({ state: "California" }));
    const report = await fillPage({ page, form, plan, files: {} }, signal);
    const results = Object.fromEntries(report.fields.map((field) => [field.id, field]));
    expect(results["upper"]?.ok).toBe(true);
    expect(results["phone"]?.ok).toBe(true);
    expect(results["state"]).toMatchObject({ ok: true });
    expect(results["city"]).toMatchObject({ ok: false, problem: "value_cleared" });
    expect(results["github"]).toMatchObject({ ok: false, problem: "value_changed" });
    expect(results["postcode"]).toMatchObject({ ok: false, problem: "too_long" });

    const snapshot = await readBack({ page, form, plan, files: {}, pageNumber: 2 }, signal);
    const values = Object.fromEntries(snapshot.fields.map((field) => [field.id, field]));
    expect(values["upper"]).toMatchObject({ value: "ADA", source: "profile" });
    expect(values["phone"]).toMatchObject({ value: "(415) 555-0100", source: "profile" });
    expect(values["city"]).toMatchObject({ value: null, source: null });
    expect(values["github"]).toMatchObject({
      value: "https://example.com/somebody-else",
      source: "site",
    });
    expect(values["postcode"]?.value).toBeNull();
    await page.context().close();
  });

  test("that takes only trusted input gets it", async () => {
    const { page, form } = await openForm("/unruly.html");
    const plan = examplePlan({ last: "Example" });
    const report = await fillPage({ page, form, plan, files: {} }, signal);
    expect(report.fields).toEqual([{ id: "last", ok: true, attempts: 2 }]);
    expect(await page.inputValue("#last")).toBe("Example");
    await page.context().close();
  });
});

test("fields in shadow roots and frames are filled where they are", async () => {
  const { page, form } = await openForm("/nested.html");
  const plan = examplePlan({ phone: "+1 415 555 0100", m: "ada@example.com" });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields.every(({ ok }) => ok)).toBe(true);
  expect(await page.locator("#m").inputValue()).toBe("ada@example.com");
  await page.context().close();
});

test("bytes other than the approved ones are not attached", async () => {
  const { page, form } = await openForm("/plain.html");
  const changed = { ...file, sha256: "0".repeat(64) };
  const plan = examplePlan({ "resume-cv": file.fileName });
  const report = await fillPage({ page, form, plan, files: { "resume-cv": changed } }, signal);
  expect(report.fields).toMatchObject([{ ok: false, problem: "file_changed" }]);
  expect(
    await page.evaluate(() => document.querySelector<HTMLInputElement>("#resume")?.files?.length),
  ).toBe(0);
  await page.context().close();
});

test("a field that has gone is reported missing, an absent choice as no such option", async () => {
  const { page, form } = await openForm("/plain.html");
  await page.evaluate(() => document.querySelector("#fn")?.remove());
  const plan = examplePlan({ fn: "Ada", country: "Atlantis" });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields).toMatchObject([
    { id: "fn", ok: false, problem: "missing" },
    { id: "country", ok: false, problem: "no_such_option" },
  ]);
  await page.context().close();
});
