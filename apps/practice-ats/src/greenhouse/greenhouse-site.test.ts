import { expect } from "vitest";

import { resumeFile, test } from "../site.fixture.ts";
import { choose, fill, open, shown, submit } from "./greenhouse-site.fixture.ts";

test("a person applies once and the ledger has the upload and one submit", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-1");
  await fill(page);
  await page.getByLabel("TypeScript").check();
  await page.getByLabel("Rust").check();
  await page.locator("#question_1003").fill("https://linkedin.example/in/ada");
  await choose(page, "gender", "Decline To Self Identify");
  expect(site.submits("engineer-1")).toEqual([]);
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/greenhouse/northwind/jobs/engineer-1/confirmation");

  expect(site.lines("engineer-1")).toMatchObject([
    { kind: "upload", stored: true, board: "northwind", fields: { field: "resume" } },
    {
      kind: "application",
      stored: true,
      site: "greenhouse",
      applicantKey: "ada@example.com",
      fields: {
        first_name: "Ada",
        country: "United Kingdom +44",
        resume: "ada-example.pdf",
        question_1001: "Yes",
        question_1002: "No",
        "question_1004[]": ["TypeScript", "Rust"],
        gender: "Decline To Self Identify",
      },
      file: { name: "ada-example.pdf", bytes: resumeFile.buffer.length },
    },
  ]);
  await page.reload();
  await page
    .locator("#application-id")
    .getByText(/^NW-[0-9A-F]{8}$/)
    .waitFor();
  expect(site.submits("engineer-1")).toHaveLength(1);
});

test("a combobox opens on mousedown and its input is empty again after a choice", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-3");
  const input = page.locator("input.select__input#question_1001[role=combobox]");
  expect(await input.getAttribute("aria-required")).toBe("true");

  await input.dispatchEvent("click");
  expect(await page.getByRole("option").count()).toBe(0);
  await input.dispatchEvent("mousedown", { button: 0 });
  await page.locator(".select__menu").getByRole("option", { name: "Yes" }).waitFor();

  await input.pressSequentially("ye");
  await page.getByRole("option", { name: "Yes" }).click();
  expect(await input.inputValue()).toBe("");
  expect(await shown(page, "question_1001").textContent()).toBe("Yes");
  expect(await page.getByRole("option").count()).toBe(0);
});

test("an invalid job rejects the submit with field errors, the values stay and nothing is stored", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-invalid-1");
  await fill(page);
  await submit(page);
  await page.locator("#phone-error").waitFor();
  expect(await page.locator("#email-error").isVisible()).toBe(true);
  expect(await page.locator("#email").inputValue()).toBe("ada@example.com");
  expect(await shown(page, "question_1001").textContent()).toBe("Yes");
  expect(site.submits("engineer-invalid-1")).toEqual([]);
  expect(site.lines("engineer-invalid-1").at(-1)).toMatchObject({
    kind: "application",
    stored: false,
  });
});

test("a changing job asks one more question when its form is opened again, and takes it empty", async ({
  site,
  page,
}) => {
  const question = page.getByLabel("What is the name of the internal referral programme");
  for (const shown of [0, 1]) {
    await open(page, site, "engineer-changing-1");
    expect(await question.count()).toBe(shown);
  }
  await fill(page);
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-changing-1")).toHaveLength(1);
});

test("a remembering job shows the same form to a browser that kept its cookie, and another one to others", async ({
  site,
  page,
}) => {
  const question = page.getByLabel("What is the name of the internal referral programme");
  for (const visit of ["first", "known", "forgotten"]) {
    if (visit === "forgotten") await page.context().clearCookies();
    await open(page, site, "engineer-remembering-1");
    expect(await question.count(), visit).toBe(visit === "forgotten" ? 1 : 0);
  }
});
