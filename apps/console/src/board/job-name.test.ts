import { expect, test } from "vitest";
import { employerName, jobTitle, webAddress } from "./job-name.ts";
import { listedTask } from "./listed-task.fixture.ts";

test("a job is called as its page calls it, else by its address", () => {
  const named = { ...listedTask, posting: { title: "Senior Engineer", company: "Acme" } };
  expect([jobTitle(named), employerName(named)]).toEqual(["Senior Engineer", "Acme"]);
  expect(jobTitle({ ...listedTask, posting: { pageTitle: "Engineer at Acme" } })).toBe(
    "Engineer at Acme",
  );
  expect([jobTitle(listedTask), employerName(listedTask)]).toEqual([
    "senior engineer 42",
    "jobs.example.com",
  ]);
  const of = (jobUrl: string) => jobTitle({ ...listedTask, jobUrl });
  expect(of("https://example.com/jobs/data-analyst/apply")).toBe("data analyst");
  expect(of("https://example.com/jobs/12345")).toBe("https://example.com/jobs/12345");
  expect(of("https://example.com/%E0%A4%A/nurse%")).toBe("nurse%");
  expect(employerName({ ...listedTask, employer: null })).toBe("jobs.example.com");
});

test("only web pages are linked to", () => {
  expect(webAddress("https://example.com")).toBe("https://example.com");
  expect(webAddress("javascript:alert(1)")).toBeUndefined();
  expect(webAddress("data:text/html,x")).toBeUndefined();
});
