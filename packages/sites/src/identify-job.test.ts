import {
  assert,
  constantFrom,
  dictionary,
  integer,
  property,
  string,
  uniqueArray,
} from "fast-check";
import { expect, test } from "vitest";
import { identifyJob } from "./identify-job.ts";
import type { SiteName } from "./site-names.ts";

const key = (text: string): string => identifyJob(new URL(text)).jobKey;
const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";

interface Job {
  readonly site: SiteName;
  /** Six addresses or more under which the one job is found. */
  readonly addresses: readonly string[];
}

/** What one job with this number is called on each system. */
function jobNumbered(number: number): readonly Job[] {
  const id = String(4_000_000_000 + number);
  const own = `${uuid.slice(0, -8)}${(number >>> 0).toString(16).padStart(8, "0")}`;
  const code = `A${number.toString(36).toUpperCase().padStart(9, "0")}`;
  const hex = (0xa00000000000 + number).toString(16);
  return [
    {
      site: "greenhouse",
      addresses: [
        `https://job-boards.greenhouse.io/northwind/jobs/${id}`,
        `https://boards.greenhouse.io/northwind/jobs/${id}?gh_src=abc`,
        `https://job-boards.greenhouse.io/embed/job_app?for=northwind&token=${id}`,
        `https://boards.greenhouse.io/embed/job_app?token=${id}&for=northwind&b=https%3A%2F%2Fx.example`,
        `https://careers.northwind.example/openings?gh_jid=${id}`,
        `https://northwind.example/jobs/engineer/?utm_source=x&gh_jid=${id}#app`,
        `https://job-boards.greenhouse.io/northwind/jobs/${id}/confirmation`,
      ],
    },
    {
      site: "lever",
      addresses: [
        `https://jobs.lever.co/northwind/${own}`,
        `https://jobs.lever.co/northwind/${own}/apply`,
        `https://jobs.lever.co/northwind/${own}/apply?lever-source=LinkedIn`,
        `https://jobs.lever.co/northwind/${own.toUpperCase()}/`,
        `https://jobs.lever.co/northwind/${own}/thanks`,
        `https://JOBS.lever.co/northwind/${own}?utm_campaign=q#top`,
      ],
    },
    {
      site: "ashby",
      addresses: [
        `https://jobs.ashbyhq.com/northwind/${own}`,
        `https://jobs.ashbyhq.com/northwind/${own}/application`,
        `https://jobs.ashbyhq.com/Northwind/${own}/application?utm_source=x`,
        `https://jobs.ashbyhq.com/northwind/${own.toUpperCase()}`,
        `https://northwind.example/careers?ashby_jid=${own}`,
        `https://www.northwind.example/careers/?source=a&ashby_jid=${own}#jobs`,
      ],
    },
    {
      site: "workday",
      addresses: [
        `https://northwind.wd5.myworkdayjobs.com/Careers/job/Denver-CO/Engineer_R${id}`,
        `https://northwind.wd5.myworkdayjobs.com/en-US/Careers/job/Denver-CO/Engineer_R${id}`,
        `https://northwind.wd5.myworkdayjobs.com/de-DE/External/job/Engineer_R${id}-2`,
        `https://northwind.wd5.myworkdayjobs.com/Careers/job/Denver-CO/Engineer_R${id}/apply/applyManually`,
        `https://northwind.wd5.myworkdayjobs.com/Careers/details/Engineer_R${id}?source=x`,
        `https://wd5.myworkdaysite.com/recruiting/northwind/Careers/job/Denver-CO/Engineer_R${id}`,
        `https://wd5.myworkdaysite.com/en-US/recruiting/northwind/Careers/job/Engineer_R${id}/apply`,
      ],
    },
    {
      site: "smartrecruiters",
      addresses: [
        `https://jobs.smartrecruiters.com/Northwind/${id}`,
        `https://jobs.smartrecruiters.com/Northwind/${id}-software-engineer`,
        `https://jobs.smartrecruiters.com/Northwind/${id}-software-engineer?trid=1`,
        `https://careers.smartrecruiters.com/Northwind/${id}-software-engineer`,
        `https://jobs.smartrecruiters.com/northwind/${id}-other-title#apply`,
        `https://jobs.smartrecruiters.com/Northwind/${id}-software-engineer/`,
      ],
    },
    {
      site: "icims",
      addresses: [
        `https://careers-northwind.icims.com/jobs/${id}/engineer/job`,
        `https://careers-northwind.icims.com/jobs/${id}/engineer/login`,
        `https://uscareers-northwind.icims.com/jobs/${id}/engineer/job?in_iframe=1`,
        `https://careers-northwind.icims.com/jobs/${id}/job`,
        `https://CAREERS-northwind.icims.com/jobs/${id}/other-title/candidate`,
        `https://careers-northwind.icims.com/jobs/${id}/engineer/job?mobile=false&width=1#x`,
      ],
    },
    {
      site: "workable",
      addresses: [
        `https://apply.workable.com/northwind/j/${code}/`,
        `https://apply.workable.com/northwind/j/${code}/apply/`,
        `https://apply.workable.com/j/${code}`,
        `https://apply.workable.com/northwind/j/${code.toLowerCase()}/apply`,
        `https://apply.workable.com/northwind/j/${code}?utm_medium=x`,
        `https://apply.workable.com/j/${code}/apply#form`,
      ],
    },
    {
      site: "bamboohr",
      addresses: [
        `https://northwind.bamboohr.com/careers/${id}`,
        `https://northwind.bamboohr.com/careers/${id}/`,
        `https://northwind.bamboohr.com/careers/${id}?source=aWQ9`,
        `https://NORTHWIND.bamboohr.com/careers/${id}#apply`,
        `https://northwind.bamboohr.com/jobs/view.php?id=${id}`,
        `https://northwind.bamboohr.com/careers/${id}/detail`,
      ],
    },
    {
      site: "recruitee",
      addresses: [
        `https://northwind.recruitee.com/o/engineer-${id}`,
        `https://northwind.recruitee.com/o/engineer-${id}/c/new`,
        `https://northwind.recruitee.com/l/de/o/engineer-${id}`,
        `https://northwind.recruitee.com/o/Engineer-${id}?source=x`,
        `https://northwind.recruitee.com/o/engineer-${id}/applied`,
        `https://northwind.recruitee.com/l/de/o/engineer-${id}/c/new#a`,
      ],
    },
    {
      site: "teamtailor",
      addresses: [
        `https://northwind.teamtailor.com/jobs/${id}-engineer`,
        `https://northwind.teamtailor.com/jobs/${id}`,
        `https://northwind.teamtailor.com/jobs/${id}-engineer/applications/new`,
        `https://northwind.teamtailor.com/de/jobs/${id}-ingenieur`,
        `https://northwind.teamtailor.com/jobs/${id}-engineer?promotion=1`,
        `https://northwind.teamtailor.com/jobs/${id}/applications/new#job-application-form`,
      ],
    },
    {
      site: "breezy",
      addresses: [
        `https://northwind.breezy.hr/p/${hex}-engineer`,
        `https://northwind.breezy.hr/p/${hex}`,
        `https://northwind.breezy.hr/p/${hex}-engineer/apply`,
        `https://northwind.breezy.hr/p/${hex}-other`,
        `https://northwind.breezy.hr/p/${hex}-engineer?source=x`,
        `https://northwind.breezy.hr/p/${hex}/apply#form`,
      ],
    },
    {
      site: "generic",
      addresses: [
        `https://jobs.northwind.example/openings/${id}`,
        `http://JOBS.northwind.example/openings/${id}/`,
        `https://jobs.northwind.example/openings/${id}/apply`,
        `https://jobs.northwind.example/openings/${id}/application`,
        `https://jobs.northwind.example/openings/${id}?utm_source=x&ref=y`,
        `https://jobs.northwind.example:443/openings/${id}#top`,
      ],
    },
  ];
}

test.each(jobNumbered(123_456).map((job) => [job.site, job] as const))(
  "a %s job has one key under all its addresses",
  (site, { addresses }) => {
    expect(addresses.length).toBeGreaterThanOrEqual(6);
    expect(new Set(addresses.map(key)).size).toBe(1);
    for (const address of addresses) expect(identifyJob(new URL(address)).site).toBe(site);
  },
);

test("whatever the job, its addresses share a key and no other job has it", () => {
  const number = integer({ min: 0, max: 0x7fffffff });
  assert(
    property(uniqueArray(number, { minLength: 2, maxLength: 2 }), ([a = 0, b = 0]) => {
      const keysOf = (job: Job) => [...new Set(job.addresses.map(key))];
      const keys = [...jobNumbered(a), ...jobNumbered(b)].map(keysOf);
      expect(keys.every((found) => found.length === 1)).toBe(true);
      expect(new Set(keys.flat()).size).toBe(keys.length);
    }),
  );
});

test("tracking parameters never matter", () => {
  const tracking = dictionary(
    constantFrom("utm_source", "gh_src", "lever-source", "ref", "gclid"),
    string({ minLength: 1 }),
  );
  assert(
    property(tracking, (parameters) => {
      for (const { addresses } of jobNumbered(7)) {
        const url = new URL(addresses[0] ?? "");
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
        expect(key(url.href)).toBe(key(addresses[0] ?? ""));
      }
    }),
  );
});

test.each([
  ["R-1234 and R-1235", "Engineer_R-1234", "Engineer_R-1235"],
  ["REQ-1 and REQ-2", "Engineer_REQ-1", "Engineer_REQ-2"],
  ["2024-12 and 2024-13", "Engineer_2024-12", "Engineer_2024-13"],
])("Workday requisitions %s stay two jobs", (_, a, b) => {
  const at = (posting: string) => key(`https://n.wd1.myworkdayjobs.com/Careers/job/${posting}`);
  expect(at(a)).not.toBe(at(b));
});

test.each([
  [
    "the jobs of two employers",
    "https://a.bamboohr.com/careers/7",
    "https://b.bamboohr.com/careers/7",
  ],
  [
    "the portals of two employers",
    "https://careers-a.icims.com/jobs/7/x/job",
    "https://careers-b.icims.com/jobs/7/x/job",
  ],
  [
    "two tenants",
    "https://a.wd1.myworkdayjobs.com/C/job/E_R77",
    "https://b.wd1.myworkdayjobs.com/C/job/E_R77",
  ],
  [
    "a host that only looks alike",
    "https://jobs.lever.co.example/n/x",
    "https://jobs.lever.co/n/x",
  ],
])("%s are told apart", (_, a, b) => {
  expect(key(a)).not.toBe(key(b));
});

test.each([
  ["https://jobs.lever.co/northwind/" + uuid, "/northwind/" + uuid + "/apply"],
  ["https://jobs.ashbyhq.com/northwind/" + uuid, "/northwind/" + uuid + "/application"],
  ["https://apply.workable.com/northwind/j/A0000000B7/", "/northwind/j/A0000000B7/apply/"],
  ["https://northwind.recruitee.com/o/engineer", "/o/engineer/c/new"],
  ["https://northwind.teamtailor.com/jobs/7-engineer", "/jobs/7-engineer/applications/new"],
  ["https://northwind.breezy.hr/p/a0b1c2d3e4f5-engineer", "/p/a0b1c2d3e4f5-engineer/apply"],
])("the form of %s is a page of its own", (posting, form) => {
  const { formUrl } = identifyJob(new URL(`${posting}?source=x`));
  expect(formUrl.pathname).toBe(form);
  expect(formUrl.search).toBe("?source=x");
});

test.each([
  "https://job-boards.greenhouse.io/northwind",
  "https://jobs.lever.co/northwind",
  "https://jobs.ashbyhq.com/northwind",
  "https://northwind.wd5.myworkdayjobs.com/Careers",
  "https://northwind.example/openings?gh_jid=abc",
  "https://northwind.example/openings?ashby_jid=abc",
])("%s names no job of a known system", (address) => {
  expect(identifyJob(new URL(address)).site).toBe("generic");
});
