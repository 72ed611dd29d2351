import type { Page } from "playwright";

import { resumeFile, type Site } from "../site.fixture.ts";

export async function fillContact(page: Page): Promise<void> {
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Example");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Phone").fill("+1 303 555 0100");
  await page.getByLabel("Country").selectOption({ label: "United States" });
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function fillQuestions(page: Page): Promise<void> {
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

export async function goToReview(page: Page, site: Site, job: string): Promise<void> {
  await page.goto(`${site.url}/plain/jobs/${job}?utm_source=newsletter`);
  await page.getByRole("link", { name: "Apply for this job" }).click();
  await fillContact(page);
  await fillQuestions(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Submit application" }).waitFor();
}

export async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit application" }).click();
}
