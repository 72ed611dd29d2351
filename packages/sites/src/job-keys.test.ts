import { describe, expect, test } from "vitest";
import { jobKeysOf } from "./job-keys.ts";

const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";
const otherUuid = "1f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";

function share(one: readonly string[], other: readonly string[]): boolean {
  return one.some((key) => other.includes(key));
}

describe("greenhouse", () => {
  const board = (name: string, id: number) =>
    new URL(`https://job-boards.greenhouse.io/${name}/jobs/${id}`);
  const keys = (name: string, id: number, job: unknown) =>
    jobKeysOf(board(name, id), { published: { id, internal_job_id: job } });

  test("one job on several boards shares a key, and two jobs share none", () => {
    const [first, mirror, other] = [
      keys("northwind", 4001, 77),
      keys("northwind-internal", 4002, 77),
      keys("northwind", 4003, 78),
    ];
    expect(share(first, mirror)).toBe(true);
    expect(share(first, other)).toBe(false);
    expect(jobKeysOf(board("northwind", 4001))[0]).toBe(first[0]);
  });

  test("an internal number is never taken for a posting's", () => {
    expect(share(keys("northwind", 77, 5), keys("northwind", 6, 77))).toBe(false);
  });

  test("the two regions count for themselves", () => {
    const european = jobKeysOf(new URL("https://job-boards.eu.greenhouse.io/northwind/jobs/9"), {
      published: { id: 9, internal_job_id: 77 },
    });
    expect(share(european, keys("northwind", 4001, 77))).toBe(false);
  });

  test.each([
    ["another posting's", { id: 4009, internal_job_id: 77 }],
    ["nothing", undefined],
    ["a list", [{ id: 4001 }]],
    ["words", "4001"],
    ["a job that is none", { id: 4001, internal_job_id: "77; drop" }],
    ["a board without a job", { id: 4001, internal_job_id: null }],
  ])("%s adds no key", (_, published) => {
    expect(jobKeysOf(board("northwind", 4001), { published })).toEqual(["greenhouse:4001"]);
  });
});

describe("smartrecruiters", () => {
  const posting = new URL("https://jobs.smartrecruiters.com/Northwind/744000123-engineer");
  const form = (id: string) =>
    new URL(`https://jobs.smartrecruiters.com/oneclick-ui/company/Northwind/publication/${id}`);
  const company = { identifier: "Northwind" };
  const published = { id: "744000123", uuid, jobId: "J1", company };

  test("the number and the UUID of one publication are one job by what is published", () => {
    expect(share(jobKeysOf(posting), jobKeysOf(form(uuid)))).toBe(false);
    expect(share(jobKeysOf(posting, { published }), jobKeysOf(form(uuid)))).toBe(true);
    expect(share(jobKeysOf(form(uuid), { published }), jobKeysOf(posting))).toBe(true);
  });

  test("and by the posting's way to its form", () => {
    const leadsTo = [new URL("https://www.northwind.example/"), form(uuid)];
    expect(share(jobKeysOf(posting, { leadsTo }), jobKeysOf(form(uuid)))).toBe(true);
    const several = [form(uuid), form(otherUuid)];
    expect(jobKeysOf(posting, { leadsTo: several })).toEqual(["smartrecruiters:744000123"]);
  });

  test("two publications of one job share a key, two jobs and two employers do not", () => {
    const mirror = new URL("https://jobs.smartrecruiters.com/Northwind/744000999-engineer");
    const of = (change: object) =>
      jobKeysOf(mirror, {
        published: { ...published, id: "744000999", uuid: otherUuid, ...change },
      });
    const first = jobKeysOf(posting, { published });
    expect(share(first, of({}))).toBe(true);
    expect(share(first, of({ jobId: "J2" }))).toBe(false);
    expect(share(first, of({ company: { identifier: "Other" } }))).toBe(false);
  });

  test.each([
    ["another posting's", { ...published, id: "1", uuid: otherUuid }],
    ["a number for the UUID", { ...published, uuid: "7" }],
    ["nothing", null],
  ])("%s adds no key", (_, odd) => {
    expect(jobKeysOf(posting, { published: odd })).toEqual(["smartrecruiters:744000123"]);
  });
});

test("a system that tells no more has the key of the address alone", () => {
  const address = new URL(`https://jobs.lever.co/northwind/${uuid}/apply`);
  expect(jobKeysOf(address, { published: { id: uuid } })).toEqual([`lever:${uuid}`]);
});
