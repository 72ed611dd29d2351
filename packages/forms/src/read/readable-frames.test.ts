import { expect, test } from "vitest";
import { frameAddresses } from "./readable-frames.ts";

test("frames that differ in their query alone have addresses of their own", () => {
  expect(
    frameAddresses([
      "https://jobs.example.com/7/login",
      "https://jobs.example.com/7/login?in_frame=1",
      "https://other.example.com/",
      "https://jobs.example.com/7/login?in_frame=2#x",
    ]),
  ).toEqual([
    "https://jobs.example.com/7/login",
    "https://jobs.example.com/7/login#2",
    "https://other.example.com/",
    "https://jobs.example.com/7/login#3",
  ]);
});
