import { createHash } from "node:crypto";

import { expect } from "vitest";

import { resumeFile, test } from "../site.fixture.ts";
import { goToReview, submit } from "./plain-site.fixture.ts";

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
