import { expect } from "vitest";

import { resumeFile, test } from "../site.fixture.ts";
import { attachResume, choose, fill, open, shown, submit } from "./greenhouse-site.fixture.ts";

test("the confirmation address alone confirms nothing", async ({ site, page }) => {
  await page.goto(`${site.url}/greenhouse/northwind/jobs/engineer-2/confirmation`);
  await page.locator("form#application-form").waitFor();
  expect(new URL(page.url()).pathname).toBe("/greenhouse/northwind/jobs/engineer-2");
});

test("a required combobox has the hidden twin of the real one until a choice is made", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-3");
  const twins = page.locator("input[required][aria-hidden=true]");
  const before = await twins.count();
  await choose(page, "question_1001", "No");
  expect(before - (await twins.count())).toBe(1);
});

test("the phone's country lists names with dial codes and shows the dial code", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-3");
  expect(await shown(page, "country").textContent()).toBe("+1");
  await page.locator("#country").click();
  expect(await page.getByRole("option").count()).toBeGreaterThan(190);
  await page.keyboard.type("united king");
  await page.keyboard.press("Enter");
  expect(await shown(page, "country").textContent()).toBe("+44");
});

test("the options of the late list arrive after it was opened, in a list outside the form", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-3");
  await page.locator("#question_1005").click();
  await page.getByText("Loading...").waitFor();
  const option = page.getByRole("option", { name: "Job board" });
  await option.waitFor();
  expect(await option.evaluate((element) => element.closest("form") === null)).toBe(true);
  await option.click();
  expect(await shown(page, "question_1005").textContent()).toBe("Job board");
});

test("inputs have an id, a label and no name, except the checkboxes", async ({ site, page }) => {
  await open(page, site, "engineer-3");
  const inputs = await page
    .locator("form :is(input, textarea):not([aria-hidden=true])")
    .evaluateAll((elements) =>
      elements.map((element) => ({
        id: element.id,
        name: element.getAttribute("name"),
        labels:
          element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
            ? element.labels?.length
            : undefined,
      })),
    );
  expect(inputs.filter(({ id, labels }) => id === "" || labels !== 1)).toEqual([]);
  expect(new Set(inputs.map(({ name }) => name))).toEqual(new Set([null, "question_1004[]"]));
});

test("an empty form shows its errors and sends nothing", async ({ site, page }) => {
  await open(page, site, "engineer-4");
  await submit(page);
  expect(await page.locator("#first_name-error").textContent()).toBe("First Name is required");
  for (const id of ["last_name", "email", "phone", "resume", "question_1001", "question_1002"]) {
    expect(await page.locator(`#${id}-error`).isVisible()).toBe(true);
  }
  expect(await page.locator("#preferred_name-error").count()).toBe(0);
  expect(await page.locator("#first_name").getAttribute("aria-invalid")).toBe("true");
  expect(site.lines("engineer-4")).toEqual([]);
});

test("a refused file is said at its field and can be replaced", async ({ site, page }) => {
  await open(page, site, "engineer-5");
  await page.locator("#resume").setInputFiles({ ...resumeFile, name: "ada.exe" });
  await page.locator("#resume-error").getByText("Attach one of these").waitFor();
  await attachResume(page);
  expect(await page.locator("#resume-error").count()).toBe(0);
  expect(site.lines("engineer-5")).toMatchObject([{ stored: false }, { stored: true }]);
});

test("a slow job has its ledger line while the page still waits, and takes no second click", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-slow-1");
  await fill(page);
  await submit(page);
  await expect.poll(() => site.submits("engineer-slow-1").length).toBe(1);
  expect(await page.getByRole("button", { name: "Submitting…" }).isDisabled()).toBe(true);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-slow-1")).toHaveLength(1);
});

test("the unknown question is required in one job and optional in the other", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-unknown-question-1");
  expect(await page.locator("#question_1006").getAttribute("aria-required")).toBe("true");
  await fill(page);
  await submit(page);
  await page.locator("#question_1006-error").waitFor();

  await open(page, site, "engineer-question-optional-1");
  await fill(page);
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
});

test.for([
  ["engineer-already-applied-1", "You have already applied to this job", 0],
  ["engineer-soft-error-1", "Something went wrong, please try again later", 1],
] as const)("%s answers “%s” with %i stored", async ([job, sentence, stored], { site, page }) => {
  await open(page, site, job);
  await fill(page);
  await submit(page);
  await page.getByRole("alert").getByText(sentence).waitFor();
  expect(site.submits(job)).toHaveLength(stored);
});

test("a silent job leaves the form with an error and every arrival in the ledger", async ({
  site,
  page,
}) => {
  await open(page, site, "engineer-silent-1");
  await fill(page);
  await submit(page);
  await page.getByRole("alert").getByText("could not be sent").waitFor();
  // Chromium itself sends the request again when a reused socket dies before an answer.
  expect(site.submits("engineer-silent-1").length).toBeGreaterThanOrEqual(1);
});
