import type { FormField } from "@valet/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import type { FormPage } from "./form-page.ts";
import { readForm } from "./read-form.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

async function formAt(path: string): Promise<FormPage> {
  const page = await site.open(path);
  const form = await readForm(page, signal);
  await page.context().close();
  return form;
}

function byId(form: FormPage): Record<string, FormField> {
  return Object.fromEntries(form.fields.map((field) => [field.id, field]));
}

describe("a plain form", () => {
  let form: FormPage;
  let fields: Record<string, FormField>;

  beforeAll(async () => {
    form = await formAt("/plain.html");
    fields = byId(form);
  });

  test("gives each field its visible question, wherever that stands", () => {
    expect(fields["fn"]?.label).toBe("First name");
    expect(fields["last_name"]?.label).toBe("Last name");
    expect(fields["contact"]?.label).toBe("E-mail address");
    expect(fields["c1"]?.label).toBe("City");
    expect(fields["li"]?.label).toBe("LinkedIn profile");
    expect(fields["sponsor"]?.label).toBe(
      "Will you now or in the future require sponsorship to work in the United States?",
    );
    expect(fields["resume-cv"]).toMatchObject({ label: "Resume/CV", kind: "file", visible: true });
  });

  test("groups radios and checkboxes and lists the choices people see", () => {
    expect(fields["auth"]).toMatchObject({ kind: "radio-group", options: ["Yes", "No"] });
    expect(fields["sponsor"]?.options).toEqual(["Yes, I will", "No, I will not"]);
    expect(fields["days[]"]).toMatchObject({
      kind: "checkbox-group",
      options: ["Monday", "Tuesday", "Wednesday"],
    });
    expect(fields["country"]?.options).toEqual([
      "Canada",
      "United Kingdom",
      "United States of America",
    ]);
    expect(fields["privacy"]).toMatchObject({ kind: "checkbox", meaning: "consent.privacy" });
  });

  test("knows what is required from marks in code and in print", () => {
    const required = form.fields.filter((field) => field.required).map(({ id }) => id);
    expect(required).toEqual([
      "fn",
      "last_name",
      "contact",
      "country",
      "auth",
      "sponsor",
      "resume-cv",
      "privacy",
    ]);
  });

  test("bars traps, other forms, cookie boxes, hidden and disabled fields", () => {
    const barred = Object.entries(fields)
      .filter(([, { policy }]) => policy === "never")
      .map(([id, { meaning }]) => [id, meaning]);
    expect(Object.fromEntries(barred)).toMatchObject({
      website: "honeypot",
      fax_number: "honeypot",
      q: "search",
      marketing_cookies: "consent.marketing",
      newsletter_email: "email",
      other_reason: expect.anything(),
      employee_number: expect.anything(),
    });
    expect(barred).toHaveLength(7);
  });

  test("finds the button that leads on and where the form goes", () => {
    expect(form.buttons.next?.text).toBe("Save and continue");
    expect(form.buttons.submit).toBeUndefined();
    expect(form.target).toEqual({
      action: `${site.origin}/plain/send`,
      method: "post",
      encoding: "multipart/form-data",
      query: expect.stringMatching(/^[\da-f]{64}$/u),
    });
    expect(form).toMatchObject({
      url: `${site.origin}/plain.html`,
      title: "Apply: Harbour Engineer",
      alerts: 0,
    });
  });

  test("selectors name exactly the controls they were read from", async () => {
    const page = await site.open("/plain.html");
    const counts = await page.evaluate(
      (selectors) =>
        selectors.map((selector) => document.querySelectorAll(String(selector)).length),
      form.fields.map(({ selector }) => selector),
    );
    const expected = form.fields.map(({ kind, options }) =>
      kind.endsWith("-group") ? options.length : 1,
    );
    expect(counts).toEqual(expected);
    await page.context().close();
  });
});

test("the same layout has the same signature, whatever is typed or marked wrong", async () => {
  const page = await site.open("/wizard/1");
  const before = await readForm(page, signal);
  await page.fill("[name=name]", "Ada");
  expect((await readForm(page, signal)).signature).toBe(before.signature);

  await page.fill("[name=email]", "nobody");
  await page.click("button");
  await page.waitForSelector(".error");
  const refused = await readForm(page, signal);
  expect(refused.alerts).toBe(1);
  expect(refused.signature).toBe(before.signature);

  const other = await formAt("/wizard/2");
  expect(other.signature).not.toBe(before.signature);
  await page.context().close();
});

test("only messages about mistakes count as alerts", async () => {
  const page = await site.open("/plain.html");
  const say = (html: string) =>
    page.evaluate(
      (text) => document.querySelector("form#apply")?.insertAdjacentHTML("afterbegin", text),
      html,
    );
  await say('<div class="cookie-notice" role="alert">We use cookies.</div>');
  await say('<div role="alert">Your file was uploaded successfully.</div>');
  await say('<div role="alert" hidden>Enter your name.</div>');
  expect((await readForm(page, signal)).alerts).toBe(0);
  await say('<div role="alert">Your file could not be uploaded.</div>');
  expect((await readForm(page, signal)).alerts).toBe(1);
  await page.context().close();
});

test("fields in nested open shadow roots and in frames of the same site are read", async () => {
  const form = await formAt("/nested.html");
  const fields = byId(form);
  expect(fields["first_name"]?.selector).toBe('input[name="first_name"]');
  expect(fields["phone"]?.label).toBe("Phone");
  expect(fields["phone"]?.selector).toEqual([
    expect.stringContaining("question-card"),
    'input[name="phone"]',
  ]);
  expect(fields["m"]).toMatchObject({ label: "Email", kind: "email", meaning: "email" });
  expect(fields["m"]?.selector).toHaveLength(3);
  expect(fields["frame1.city"]).toMatchObject({
    label: "City",
    frame: `${site.origin}/inner.html`,
  });
});

test("a page without a form has no buttons", async () => {
  const form = await formAt("/closed.html");
  expect(form).toMatchObject({ fields: [], buttons: {}, target: null });
});

test("reading stops when it is told to", async () => {
  const page = await site.open("/plain.html");
  const stopped = AbortSignal.abort(new Error("enough"));
  await expect(readForm(page, stopped)).rejects.toThrow("enough");
  await page.context().close();
});
