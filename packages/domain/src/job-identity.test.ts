import { expect, test } from "vitest";
import { jobKeyOf, parseJobUrl } from "./job-identity.ts";

const key = (text: string) => jobKeyOf(parseJobUrl(text));

test("spellings of one address give one key", () => {
  const spellings = [
    "https://jobs.example.com/acme/42",
    "http://JOBS.example.com/acme/42/",
    "https://jobs.example.com/acme/42/apply",
    "https://jobs.example.com/acme/42/application/",
    "https://jobs.example.com/acme/42?utm_source=x&utm_medium=y",
    "https://jobs.example.com/acme/42?ref=board#form",
    "  https://jobs.example.com:443/acme/42  ",
  ];
  expect(new Set(spellings.map(key)).size).toBe(1);
});

test("different jobs keep different keys", () => {
  const jobs = [
    "https://jobs.example.com/acme/42",
    "https://jobs.example.com/acme/43",
    "https://jobs.example.com/acme?id=42",
    "https://jobs.example.com/acme?id=43",
    "https://jobs.example.com:8443/acme/42",
    "https://other.example.com/acme/42",
  ];
  expect(new Set(jobs.map(key)).size).toBe(jobs.length);
});

test("the order of query parameters does not matter", () => {
  expect(key("https://x.example.com/?b=2&a=1")).toBe(key("https://x.example.com/?a=1&b=2"));
});

test.each([
  ["not a url", "JOB_URL_INVALID"],
  ["", "JOB_URL_INVALID"],
  ["file:///etc/passwd", "JOB_URL_UNSUPPORTED"],
  ["javascript:alert(1)", "JOB_URL_UNSUPPORTED"],
  ["ftp://example.com/job", "JOB_URL_UNSUPPORTED"],
  ["https://user:secret@example.com/job", "JOB_URL_UNSUPPORTED"],
])("%s is refused as %s", (text, code) => {
  expect(() => parseJobUrl(text)).toThrow(expect.objectContaining({ code }));
});

test("a refusal never repeats a password", () => {
  expect(() => parseJobUrl("https://user:hunter2@example.com/")).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});
