import { createHash } from "node:crypto";

import type { Page } from "playwright";
import { expect, vi } from "vitest";

import { resumeFile, test, type Site } from "../site-fixture.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function fillContact(page: Page): Promise<void> {
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Example");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Phone").fill("+1 303 555 0100");
  await page.getByLabel("Country").selectOption({ label: "United States" });
  await page.getByRole("button", { name: "Continue" }).click();
}

async function fillQuestions(page: Page): Promise<void> {
  await page.getByLabel("Résumé").setInputFiles(resumeFile);
  await page
    .getByRole("radiogroup", { name: /legally authorized/ })
    .getByLabel("Yes")
    .check();
  await page
    .getByRole("radiogroup", { name: /sponsorship/ })
    .getByLabel("No")
    .check();
  await page.getByLabel("Years of experience").fill("7");
  await page.getByLabel("Cover letter").fill("Dear reader,\nhello & <welcome>.");
  await page.getByLabel("How did you hear about us?").selectOption("Job board");
  await page.getByLabel("I have read and agree").check();
}

async function goToReview(page: Page, site: Site, job: string): Promise<void> {
  await page.goto(`${site.url}/plain/jobs/${job}?utm_source=newsletter`);
  await page.getByRole("link", { name: "Apply for this job" }).click();
  await fillContact(page);
  await fillQuestions(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Submit application" }).waitFor();
}

async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit application" }).click();
}

test("a person without scripts applies once and the ledger has the steps, the file and one submit", async ({
  site,
  scriptlessPage: page,
}) => {
  await goToReview(page, site, "engineer-1");
  await page.getByText("hello & <welcome>.").waitFor();
  expect(site.submits("engineer-1")).toEqual([]);
  await submit(page);
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(page.url()).toMatch(/\/plain\/jobs\/engineer-1\/thanks\?id=NW-[0-9A-F]{8}$/);

  const file = {
    name: "ada-example.pdf",
    bytes: resumeFile.buffer.length,
    sha256: createHash("sha256").update(resumeFile.buffer).digest("hex"),
  };
  expect(site.lines("engineer-1")).toMatchObject([
    { kind: "step", stored: true, site: "plain" },
    { kind: "upload", stored: true, file },
    {
      kind: "application",
      stored: true,
      applicantKey: "ada@example.com",
      fields: {
        first_name: "Ada",
        country: "US",
        work_authorization: "yes",
        sponsorship: "no",
        years_of_experience: "7",
        referral_source: "Job board",
        privacy_notice: "agreed",
      },
      file,
    },
  ]);
  const number = await page.locator("#confirmation-number").textContent();
  expect(number?.slice(3).toLowerCase()).toBe(site.submits("engineer-1")[0]?.requestId.slice(0, 8));

  await page.reload();
  await page.getByRole("heading", { name: "Thank you for applying" }).waitFor();
  expect(site.submits("engineer-1")).toHaveLength(1);
});

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

test("an invalid job rejects the submit with field errors, the values stay and nothing is stored", async ({
  site,
  page,
}) => {
  await goToReview(page, site, "engineer-invalid-1");
  await submit(page);
  await page.getByRole("alert").waitFor();
  expect(await page.locator("#email-error").isVisible()).toBe(true);
  expect(await page.locator("#phone-error").isVisible()).toBe(true);
  expect(await page.getByLabel("Email").inputValue()).toBe("ada@example.com");
  expect(site.submits("engineer-invalid-1")).toEqual([]);
  expect(site.lines("engineer-invalid-1").at(-1)).toMatchObject({
    kind: "application",
    stored: false,
  });
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
