import { judgeArrival } from "@valet/sites";
import { expect, test } from "vitest";
import { endOfArrival, noticeOf } from "./end-of-arrival.ts";

const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";
const asked = new URL(`https://jobs.lever.co/northwind/${uuid}`);

function arrivalAt(opened: string) {
  return judgeArrival({ asked, opened: new URL(opened) });
}

test.each([
  [`https://jobs.lever.co/northwind/1${uuid.slice(1)}`, "OTHER_JOB"],
  ["https://jobs.lever.co/northwind", "POSTING_CLOSED"],
  ["https://login.northwind.com/sso", "SIGN_IN_REQUIRED"],
  ["https://www.linkedin.com/jobs/view/1", "OTHER_SITE"],
  ["https://contoso.example/apply", "OTHER_SITE"],
])("a way that leads to %s ends as not sent, %s", (opened, reason) => {
  const arrival = arrivalAt(opened);
  expect(endOfArrival(arrival)).toMatchObject({ outcome: "not_submitted", reason });
  expect(noticeOf(arrival)).toBeUndefined();
});

test("the employer's own site is gone on with, and said", () => {
  const arrival = arrivalAt("https://careers.northwind.com/jobs/1");
  expect(endOfArrival(arrival)).toBeUndefined();
  expect(noticeOf(arrival)).toContain("careers.northwind.com");
});

test("of the job's own pages nothing is said", () => {
  const arrival = arrivalAt(`${asked.href}/apply`);
  expect(endOfArrival(arrival)).toBeUndefined();
  expect(noticeOf(arrival)).toBeUndefined();
});
