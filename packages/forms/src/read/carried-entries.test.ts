import { expect, test } from "vitest";
import { carriedEntries, carriedQuery } from "./carried-entries.ts";

const job = "0b1c2d3e-0000-4000-8000-00000000000a";
const addresses = [`https://jobs.example.com/${job}`, "https://jobs.example.com/frame"];

function carried(name: string, value: string | null): string {
  return JSON.stringify(carriedEntries({ entries: [{ name, value }], addresses }));
}

test.each([
  ["job_id", "42", "43"],
  ["source", "careers", ""],
  ["posting", job, "9e8f7a6b-2222-4222-8222-000000000002"],
  ["csrf_token", "kJ8sd92LmQpX71ZbvT0a", "eve@example.com"],
  ["next", "https://jobs.example.com/Thanks1aB", "https://elsewhere.example.com/Thanks1aB"],
  ["started_time", "1763712000", "eve@example.com"],
  ["email", null, ""],
])("%s changed from %s to %s is another form", (name, before, after) => {
  expect(carried(name, after)).not.toBe(carried(name, before));
});

test.each([
  ["csrf_token", "kJ8sd92LmQpX71ZbvT0a", "Zx81kdLmQpX71ZbvT0aQ"],
  ["visit", "7d3c1f6a-1111-4111-8111-000000000001", "9e8f7a6b-2222-4222-8222-000000000002"],
  ["loaded_at", "1763712000123", "1763712055456"],
  ["time_spent", "12", "48"],
  ["g-recaptcha-response", "", "03AGdBq25SxXT-pmSeBXjzScW"],
])("%s changes by itself", (name, before, after) => {
  expect(carried(name, after)).toBe(carried(name, before));
});

test("a field is known to be there whatever it holds, a captcha service's is not", () => {
  expect(carried("csrf_token", "kJ8sd92LmQpX71ZbvT0a")).not.toBe("[]");
  expect(carried("cf-turnstile-response", "x")).toBe("[]");
});

test("no value can be read", () => {
  expect(carried("job_id", "Example")).not.toContain("Example");
});

test("the query of an address counts, and where a visitor came from does not", () => {
  const at = (query: string) => carriedQuery(`https://jobs.example.com/apply${query}`, addresses);
  expect(at("?job=42")).not.toBe(at("?job=43"));
  expect(at("?utm_source=x")).toBe(at(""));
  expect(at("")).toBeUndefined();
});
