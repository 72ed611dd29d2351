import type { Page } from "playwright";

import { resumeFile, type Site } from "../site.fixture.ts";

export async function open(page: Page, site: Site, job: string): Promise<void> {
  await page.goto(`${site.url}/greenhouse/northwind/jobs/${job}?gh_src=1&utm_source=x`);
  await page.locator("form#application-form").waitFor();
}

/** Opens the list as a mouse does and picks from the list that belongs to the input. */
export async function choose(page: Page, id: string, option: string): Promise<void> {
  const input = page.locator(`[id="${id}"]`);
  await input.click();
  const list = await input.getAttribute("aria-controls");
  const menu = page.locator(`[id="${list}"]`);
  const wanted = menu.getByRole("option", { name: option, exact: true });
  await wanted.click();
  // A busy page may draw the list anew under the pointer, and then it stays open.
  if (await menu.isVisible()) await wanted.click();
}

export function shown(page: Page, id: string) {
  return page
    .locator(".select-shell", { has: page.locator(`[id="${id}"]`) })
    .locator(".select__single-value");
}

export async function attachResume(page: Page): Promise<void> {
  await page.locator("#resume").setInputFiles(resumeFile);
  await page.locator(".file-upload__filename").getByText("ada-example.pdf").waitFor();
}

export async function fill(page: Page): Promise<void> {
  await page.locator("#first_name").fill("Ada");
  await page.locator("#last_name").fill("Example");
  await page.locator("#email").fill("ada@example.com");
  await choose(page, "country", "United Kingdom +44");
  await page.locator("#phone").fill("20 7946 0100");
  await page.locator("#candidate-location").fill("London");
  await attachResume(page);
  await choose(page, "question_1001", "Yes");
  await choose(page, "question_1002", "No");
}

export async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit application" }).click();
}
