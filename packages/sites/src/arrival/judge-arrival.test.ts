import { describe, expect, test } from "vitest";
import { type ArrivedAt, judgeArrival } from "./judge-arrival.ts";

const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";
const otherUuid = "1f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";
const lever = `https://jobs.lever.co/northwind/${uuid}`;
const greenhouse = "https://job-boards.greenhouse.io/northwind/jobs/4001";
const generic = "https://careers.northwind.example/jobs/77";

function arrival(asked: string, opened: string, more: Partial<ArrivedAt> = {}) {
  return judgeArrival({ asked: new URL(asked), opened: new URL(opened), ...more });
}

describe("the job that was asked for", () => {
  test.each([
    [lever, `${lever}/apply?lever-source=x`],
    [greenhouse, "https://boards.greenhouse.io/northwind/jobs/4001"],
    [greenhouse, "https://job-boards.greenhouse.io/embed/job_app?for=northwind&token=4001"],
    [generic, "https://www.northwind.example/careers/77/apply"],
    [generic, "https://careers.northwind.example/login"],
    [
      "https://careers-northwind.icims.com/jobs/77/engineer/job",
      "https://careers-northwind.icims.com/jobs/77/engineer/login",
    ],
    [
      "https://jobs.smartrecruiters.com/Northwind/744000123-engineer",
      `https://jobs.smartrecruiters.com/oneclick-ui/company/Northwind/publication/${uuid}`,
    ],
  ])("%s at %s", (asked, opened) => {
    expect(arrival(asked, opened)).toEqual({ kind: "asked_job" });
  });

  test("on a mirror board, when it is known to be the same", () => {
    const mirror = "https://job-boards.greenhouse.io/northwind2/jobs/4002";
    expect(arrival(greenhouse, mirror).kind).toBe("other_job");
    const jobKeys = ["greenhouse:4002"];
    expect(arrival(greenhouse, mirror, { jobKeys })).toEqual({ kind: "asked_job" });
  });
});

describe("the employer's own site", () => {
  test("that names the job is proved to be it", () => {
    const opened = "https://careers.other.example/openings?gh_jid=4001";
    const moved = { kind: "moved", host: "careers.other.example", isProved: true };
    expect(arrival(greenhouse, opened)).toEqual(moved);
    const frames = [new URL("https://job-boards.greenhouse.io/embed/job_app?token=4001")];
    expect(arrival(greenhouse, "https://careers.other.example/jobs", { frames })).toEqual(moved);
  });

  test("is known by its name, from the address or the posting", () => {
    const opened = "https://careers.northwind-practice.com/jobs/engineer";
    expect(arrival(lever, opened)).toMatchObject({ kind: "moved", isProved: false });
    const asked = `https://jobs.lever.co/nwp/${uuid}`;
    expect(arrival(asked, opened).kind).toBe("other_site");
    expect(arrival(asked, opened, { company: "Northwind Practice, Inc." }).kind).toBe("moved");
    const british = "https://jobs.northwind.co.uk/1";
    expect(arrival(lever, british)).toMatchObject({ kind: "moved", host: "jobs.northwind.co.uk" });
  });

  test("whose frame shows another job is another job", () => {
    const frames = [new URL("https://job-boards.greenhouse.io/embed/job_app?token=4009")];
    expect(arrival(greenhouse, "https://careers.northwind.com/jobs", { frames })).toEqual({
      kind: "other_job",
      jobKey: "greenhouse:4009",
    });
  });

  test("may stand behind an address that names no job of a known system", () => {
    expect(arrival("https://short.example/abc", greenhouse)).toMatchObject({ kind: "moved" });
    expect(arrival(generic, lever)).toMatchObject({ kind: "moved", host: "jobs.lever.co" });
  });
});

describe("what is not the job that was asked for", () => {
  test.each([
    ["another job of the board", lever, `https://jobs.lever.co/northwind/${otherUuid}`],
    ["the job of another employer", lever, `https://jobs.lever.co/contoso/${otherUuid}`],
    ["a job of another system", lever, greenhouse],
    [
      "the same number at another employer",
      "https://northwind.bamboohr.com/careers/7",
      "https://contoso.bamboohr.com/careers/7",
    ],
    [
      "another number of SmartRecruiters",
      "https://jobs.smartrecruiters.com/Northwind/744000123",
      "https://jobs.smartrecruiters.com/Northwind/744000124",
    ],
  ])("%s", (_, asked, opened) => {
    expect(arrival(asked, opened).kind).toBe("other_job");
  });

  test("the list of jobs", () => {
    expect(arrival(lever, "https://jobs.lever.co/northwind").kind).toBe("no_job");
    const list = "https://job-boards.greenhouse.io/northwind?error=true";
    expect(arrival(greenhouse, list).kind).toBe("no_job");
  });

  test.each([
    "https://login.northwind.com/realms/jobs",
    "https://northwind.okta.com/app/123",
    "https://sso.example.com/start",
    "https://www.contoso.example/oauth2/authorize?client_id=1",
  ])("the sign-in page %s", (opened) => {
    expect(arrival(lever, opened)).toMatchObject({ kind: "sign_in" });
    expect(arrival(generic, opened)).toMatchObject({ kind: "sign_in" });
  });

  test("a site that nothing ties to the employer", () => {
    expect(arrival(lever, "https://jobs.contoso.example/apply")).toEqual({
      kind: "other_site",
      host: "jobs.contoso.example",
    });
    // A name inside the path proves nothing.
    expect(arrival(lever, "https://contoso.example/northwind").kind).toBe("other_site");
  });

  test("a site whose terms forbid it, wherever the way began", () => {
    const opened = "https://www.linkedin.com/jobs/view/1";
    expect(arrival(lever, opened)).toMatchObject({ kind: "forbidden" });
    expect(arrival(generic, opened)).toMatchObject({ kind: "forbidden" });
  });
});
