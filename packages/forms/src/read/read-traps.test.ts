import type { FormField } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { readForm } from "./read-form.ts";
import { readSteadyForm } from "./read-steady-form.ts";

const { signal } = new AbortController();
let site: TestSite;
let fields: Record<string, FormField>;

beforeAll(async () => {
  site = await openTestSite();
  const page = await site.open("/traps.html");
  const form = await readForm(page, signal);
  fields = Object.fromEntries(form.fields.map((field) => [field.name ?? field.id, field]));
  await page.context().close();
});

afterAll(async () => {
  await site.close();
});

test("covered, far, tiny and hidden lines and ones that ask to stay empty are never filled", () => {
  const traps = ["address", "phone", "city", "surname", "zusatz"];
  expect(traps.map((name) => fields[name]?.policy)).toEqual(traps.map(() => "never"));
  expect(fields["address"]?.why).toContain("drawn over it");
  expect(fields["email"]?.policy).toBe("fill");
});

test("uploads that rewrite the form or ask for a picture are left alone, the résumé is not", () => {
  expect(fields["parse"]?.policy).toBe("never");
  expect(fields["portrait"]?.policy).toBe("never");
  expect(fields["cv"]).toMatchObject({ meaning: "resume", policy: "fill" });
});

test("sign-in and newsletter forms are recognised and left alone", () => {
  expect(fields["login_email"]).toMatchObject({ meaning: "account.username", policy: "never" });
  expect(fields["login_password"]?.policy).toBe("never");
  expect(fields["news_email"]).toMatchObject({ meaning: "email", policy: "never" });
});

test("rows of buttons and widgets that only say what they are count as fields", () => {
  const byLabel = Object.fromEntries(Object.values(fields).map((field) => [field.label, field]));
  expect(byLabel["Are you willing to travel?"]).toMatchObject({
    kind: "button-group",
    options: ["Yes", "No"],
    meaning: "travel",
  });
  expect(byLabel["Where do you want to work?"]).toMatchObject({
    kind: "radio-group",
    options: ["Office", "Home"],
  });
  expect(byLabel["About you"]).toMatchObject({ kind: "textarea" });
  expect(fields["travel"]).toBeUndefined();
});

test("closed shadow roots, one in another, are read with a selector for each root", () => {
  expect(fields["last_name"]?.selector).toHaveLength(2);
  expect(fields["zip"]).toMatchObject({ meaning: "address.postalCode", policy: "fill" });
  expect(fields["zip"]?.selector).toHaveLength(3);
});

test("fields of a frame nobody sees are barred", () => {
  expect(fields["far"]).toMatchObject({ visible: false, policy: "never" });
});

test("fields that come late are waited for, on a page that never settles only so long", async () => {
  const page = await site.open("/traps.html");
  await page.evaluate(() => {
    const form = document.querySelector("form");
    setTimeout(() => {
      form?.insertAdjacentHTML("beforeend", "<label>LinkedIn <input name='late'></label>");
    }, 700);
  });
  const late = await readSteadyForm(page, signal);
  expect(late.fields.map(({ name }) => name)).toContain("late");
  await page.evaluate(() => {
    let count = 0;
    setInterval(() => {
      count += 1;
      document
        .querySelector("form")
        ?.insertAdjacentHTML("beforeend", `<label>More <input name='more${count}'></label>`);
    }, 100);
  });
  const endless = await readSteadyForm(page, signal);
  expect(endless.fields.some(({ name }) => name?.startsWith("more"))).toBe(true);
  await page.context().close();
});
