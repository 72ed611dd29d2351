import { expect, test } from "vitest";
import { platformOf } from "./platform-of.ts";

test("a vendor is known by its host names, and only by them", () => {
  for (const [jobUrl, platform] of [
    ["https://boards.greenhouse.io/acme/jobs/1", "greenhouse"],
    ["https://job-boards.eu.greenhouse.io/acme/jobs/1", "greenhouse"],
    ["https://jobs.lever.co/acme/1", "lever"],
    ["https://jobs.ashbyhq.com/acme/1", "ashby"],
    ["https://acme.wd5.myworkdayjobs.com/en-US/careers/job/1", "workday"],
    ["https://greenhouse.io.evil.example/jobs/1", "generic"],
    ["https://notgreenhouse.io/jobs/1", "generic"],
    ["http://127.0.0.1:8123/plain/jobs/1", "generic"],
  ] as const) {
    expect([jobUrl, platformOf(new URL(jobUrl))]).toEqual([jobUrl, platform]);
  }
});
