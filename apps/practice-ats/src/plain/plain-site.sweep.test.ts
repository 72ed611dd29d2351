import { expect } from "vitest";

import { resumeFile, test } from "../site.fixture.ts";
import { fillContact, fillQuestions, goToReview, submit } from "./plain-site.fixture.ts";

test("going back keeps what was entered and the file that was attached", async ({
  site,
  scriptlessPage: page,
}) => {
  await goToReview(page, site, "engineer-2");
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByText("Attached: ada-example.pdf").waitFor();
  expect(await page.getByLabel("Years of experience").inputValue()).toBe("7");
  await page.getByRole("button", { name: "Back" }).click();
  expect(await page.getByLabel("Country").inputValue()).toBe("US");
  expect(new URL(page.url()).searchParams.get("years_of_experience")).toBeNull();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-2")).toMatchObject([{ file: { name: "ada-example.pdf" } }]);
});

test("the browser holds back a page with a required field left empty", async ({ site, page }) => {
  await page.goto(`${site.url}/plain/jobs/engineer-3/apply`);
  await page.getByRole("button", { name: "Continue" }).click();
  expect(await page.locator(":invalid[required]").first().getAttribute("id")).toBe("first_name");
  expect(site.lines("engineer-3")).toEqual([]);
});

test("the server refuses a page with faults and shows them beside the fields", async ({
  site,
  page,
}) => {
  await page.goto(`${site.url}/plain/jobs/engineer-4/apply`);
  await page.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Email").fill("not an address");
  await page.getByRole("button", { name: "Continue" }).click();
  expect(await page.locator("#email-error").textContent()).toBe("Enter a valid email address");
  expect(await page.locator("#last_name-error").textContent()).toBe("Last name is required");
  expect(await page.getByLabel("First name").inputValue()).toBe("Ada");
  expect(site.lines("engineer-4")).toMatchObject([{ kind: "step", stored: false }]);
});

test("a file of another kind is refused", async ({ site, page }) => {
  await page.goto(`${site.url}/plain/jobs/engineer-5/apply`);
  await fillContact(page);
  await fillQuestions(page);
  await page.getByLabel("Résumé").setInputFiles({ ...resumeFile, name: "ada.exe" });
  await page.getByRole("button", { name: "Continue" }).click();
  expect(await page.locator("#resume-error").textContent()).toContain("Attach one of these");
  expect(site.lines("engineer-5")).toMatchObject([
    { kind: "step" },
    { kind: "upload", stored: false },
  ]);
});

test("the unknown question is required in one job and optional in the other", async ({
  site,
  page,
}) => {
  for (const [job, isRequired] of [
    ["engineer-unknown-question-1", "true"],
    ["engineer-question-optional-1", null],
  ] as const) {
    await page.goto(`${site.url}/plain/jobs/${job}/apply`);
    await fillContact(page);
    const question = page.getByLabel("What is the name of the internal referral programme");
    expect(await question.getAttribute("aria-required")).toBe(isRequired);
  }
  await fillQuestions(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-question-optional-1")).toHaveLength(1);
});

test("a changing job asks one more question when its form is opened again", async ({
  site,
  page,
}) => {
  const question = page.getByLabel("What is the name of the internal referral programme");
  for (const shown of [0, 1]) {
    await page.goto(`${site.url}/plain/jobs/engineer-changing-1/apply`);
    await fillContact(page);
    expect(await question.count()).toBe(shown);
  }
});

test.for([
  ["engineer-already-applied-1", "You have already applied to this job", 0],
  ["engineer-soft-error-1", "Something went wrong, please try again later", 1],
] as const)("%s answers “%s” with %i stored", async ([job, sentence, stored], { site, page }) => {
  await goToReview(page, site, job);
  await submit(page);
  await page.getByText(sentence).waitFor();
  expect(site.submits(job)).toHaveLength(stored);
});

test("a silent job leaves the browser without a page and every arrival in the ledger", async ({
  site,
  page,
}) => {
  await goToReview(page, site, "engineer-silent-1");
  const failure = page.waitForEvent("requestfailed");
  await submit(page).catch(() => {});
  await failure;
  // Chromium itself sends a form again when a reused socket dies before an answer.
  expect(site.submits("engineer-silent-1").length).toBeGreaterThanOrEqual(1);
});

test("a slow job has its ledger line while the confirmation is still on its way", async ({
  site,
  page,
}) => {
  await goToReview(page, site, "engineer-slow-1");
  await page.getByRole("button", { name: "Submit application" }).click({ noWaitAfter: true });
  await expect.poll(() => site.submits("engineer-slow-1").length).toBe(1);
  expect(await page.getByRole("heading", { name: "Thank you" }).isVisible()).toBe(false);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-slow-1")).toHaveLength(1);
});

test("a captcha keeps back who does not copy its letters, and lets through who does", async ({
  site,
  scriptlessPage: page,
}) => {
  await goToReview(page, site, "engineer-captcha-9");
  await page.getByLabel("Type the letters").fill("not it");
  await submit(page);
  expect(site.submits("engineer-captcha-9")).toEqual([]);
  const picture = await page.getByAltText("Captcha").getAttribute("src");
  const svg = Buffer.from(picture?.split(",")[1] ?? "", "base64").toString();
  await page.getByLabel("Type the letters").fill(/>([A-Z]{5})</.exec(svg)?.[1] ?? "");
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-captcha-9")).toHaveLength(1);
});
