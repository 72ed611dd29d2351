import { expect, test } from "vitest";
import { employerOf } from "./employer-of.ts";
import { identifyJob } from "./identify-job.ts";
import { type SiteName, siteNames } from "./site-names.ts";

const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";

/** Of each site: addresses of one employer, with what they call it. */
const jobs: Readonly<Record<SiteName, readonly (readonly [address: string, employer: string])[]>> =
  {
    greenhouse: [
      ["https://job-boards.greenhouse.io/Northwind/jobs/41", "northwind"],
      ["https://boards.eu.greenhouse.io/northwind/jobs/42?gh_src=a", "northwind"],
      ["https://boards.greenhouse.io/embed/job_app?for=northwind&token=43", "northwind"],
      ["https://www.northwind.example/jobs?gh_jid=44", "northwind.example"],
    ],
    lever: [
      [`https://jobs.lever.co/Northwind/${uuid}/apply`, "northwind"],
      [`https://jobs.eu.lever.co/northwind/${uuid}`, "northwind"],
    ],
    ashby: [
      [`https://jobs.ashbyhq.com/North%20Wind/${uuid}`, "north wind"],
      [`https://www.northwind.example/careers?ashby_jid=${uuid}`, "northwind.example"],
    ],
    workday: [
      ["https://northwind.wd5.myworkdayjobs.com/en-US/Careers/job/Oslo/Engineer_R41", "northwind"],
      ["https://wd5.myworkdaysite.com/recruiting/Northwind/Careers/job/Engineer_R42", "northwind"],
    ],
    smartrecruiters: [
      ["https://jobs.smartrecruiters.com/Northwind/744000123-engineer", "northwind"],
      [
        `https://jobs.smartrecruiters.com/oneclick-ui/company/Northwind/publication/${uuid}`,
        "northwind",
      ],
    ],
    icims: [
      ["https://careers-northwind.icims.com/jobs/41/engineer/job", "northwind"],
      ["https://uscareers-north-wind.icims.com/jobs/42/job", "north-wind"],
    ],
    workable: [["https://apply.workable.com/northwind/j/ABCDEF1234/apply/", "northwind"]],
    bamboohr: [["https://northwind.bamboohr.com/careers/41", "northwind"]],
    recruitee: [["https://northwind.recruitee.com/l/de/o/engineer", "northwind"]],
    teamtailor: [["https://northwind.teamtailor.com/en/jobs/41-engineer", "northwind"]],
    breezy: [["https://northwind.breezy.hr/p/abcdef123456-engineer", "northwind"]],
    generic: [
      ["https://www.northwind.example/jobs/41", "northwind.example"],
      ["https://careers.northwind.example:8443/41", "careers.northwind.example"],
    ],
  };

test.each(siteNames)("%s: the employer is read from the address", (site) => {
  expect(jobs[site].length).toBeGreaterThan(0);
  for (const [address, employer] of jobs[site]) {
    const url = new URL(address);
    expect([address, identifyJob(url).site]).toEqual([address, site]);
    expect([address, employerOf(url, site)]).toEqual([address, employer]);
  }
});

test.each([
  ["a short link", "https://apply.workable.com/j/ABCDEF1234"],
  ["an embedded form without its board", "https://boards.greenhouse.io/embed/job_app?token=43"],
  ["signs that no name has", `https://jobs.lever.co/%00north/${uuid}`],
  ["more than a name", `https://jobs.lever.co/${"n".repeat(101)}/${uuid}`],
])("%s names nobody", (_, address) => {
  const url = new URL(address);
  expect(employerOf(url, identifyJob(url).site)).toBeUndefined();
});
