import { expect, test } from "vitest";
import { parseJobUrls } from "./parse-job-urls.ts";

test("addresses are taken as people paste them, each once", () => {
  const pasted = `https://jobs.example.com/1
    <https://jobs.example.com/2>, "https://jobs.example.com/1"; - https://jobs.example.com/3?a=b`;
  expect(parseJobUrls(pasted)).toEqual({
    urls: [
      "https://jobs.example.com/1",
      "https://jobs.example.com/2",
      "https://jobs.example.com/3?a=b",
    ],
    wrong: [],
    isTooMany: false,
  });
  expect(parseJobUrls("example javascript:alert(1) https://")).toMatchObject({
    urls: [],
    wrong: ["example", "javascript:alert(1)", "https://"],
  });
  expect(parseJobUrls("")).toEqual({ urls: [], wrong: [], isTooMany: false });
  const many = Array.from({ length: 501 }, (_, n) => `https://jobs.example.com/${n}`).join("\n");
  expect(parseJobUrls(many).isTooMany).toBe(true);
});
