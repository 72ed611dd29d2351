import { expect, test } from "vitest";
import { adapters } from "../adapters.ts";
import { answersToSubmit } from "./answers-to-submit.ts";

const job = "https://jobs.lever.co/northwind/5eed0000-0000-4000-8000-000000000003";
const submit = { method: "POST", url: `${job}/apply`, status: 502 };
const analytics = { method: "POST", url: "https://metrics.example.com/collect", status: 204 };
const parsed = { method: "POST", url: "https://jobs.lever.co/parseResume", status: 200 };

test("a good answer to something else does not cover the failed submit request", () => {
  expect(answersToSubmit(adapters.lever, [parsed, submit, analytics])).toEqual([submit]);
});

test("where the submit request is not known or was not seen, every answer counts", () => {
  expect(answersToSubmit(adapters.lever, [analytics])).toEqual([analytics]);
  expect(answersToSubmit(adapters.workable, [submit, analytics])).toEqual([submit, analytics]);
});

test("another method is another request", () => {
  const put = { ...submit, method: "PUT" };
  expect(answersToSubmit(adapters.lever, [put, submit])).toEqual([submit]);
});
